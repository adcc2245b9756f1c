def f(**kwargs):
    return len(kwargs)
d = {"k" + str(i): i for i in range(200000)}
while True:
    print(f(**d))
    d = {**d, **{"x" + str(len(d)) + k: 0 for k in d}}
