def f(*args, **kwargs):
    return len(args)
print(f(*range(10 ** 12)))
