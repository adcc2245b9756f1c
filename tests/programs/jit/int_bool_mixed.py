# A variable that is a bool, then an int, then a bool again.
def run(n):
    x = True
    t = 0
    kinds = []
    for i in range(n):
        t += x
        if i % 50 == 49:
            kinds.append((type(x).__name__, x, t))
            x = not x if isinstance(x, bool) and i < 150 else (x + 2 if i < 300 else x > 3)
    return kinds


print(run(500))


def index(n):
    names = ['no', 'yes']
    out = []
    for i in range(n):
        out.append(names[i % 3 == 0])
    return out.count('yes'), out[:4], [10, 20][True], (1, 2)[False]


print(index(100))


def compare(n):
    t = 0
    for i in range(n):
        b = i % 2 == 1
        t += (b == 1) + (b == 0) * 10 + (b < 1) * 100 + (b is True) * 1000 + (b == 1.0) * 10000
    return t


print(compare(101))


def keys(n):
    d = {}
    for i in range(n):
        d[i % 2 == 0] = i
        d[i % 2] = -i
        d[float(i % 2)] = i * 10
    return d, [type(k).__name__ for k in d]


print(keys(90))


def minus(n):
    t = 0
    for i in range(n):
        t += -(i % 2 == 0) + (+(i % 3 == 0)) * 5 + abs(i % 5 == 0)
    return t, -True, +False, ~int(True)


print(minus(100))
