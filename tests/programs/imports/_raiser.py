def call(f, *args):
    return f(*args)

def fail(n):
    if n == 0:
        raise ValueError("from module")
    return fail(n - 1)
