# Every local has the right value after an exit through an exception, floats and ints in registers included.
def state(n, stop):
    a, b, c, d = 0, 1.5, 2 ** 59, 'x'
    e = [0]
    f = None
    i = -1
    try:
        for i in range(n):
            a += i
            b = b * 0.99 + i
            c += 2 ** 55
            d = 'xyz'[i % 3]
            e[0] += 1
            f = (i, a) if i % 2 else i
            if i == stop:
                raise StopIteration(a)
    except StopIteration as s:
        g = s.value
    else:
        g = 'none'
    return a, b, c, d, e, f, g, i


for stop in (0, 1, 2, 10, 59, 60, 61, 62, 63, 100, 149, 200):
    print(state(150, stop))


def two_loops(n):
    x = y = 0
    out = []
    for i in range(n):
        x += i
        try:
            for j in range(5):
                y += j
                if (i * j) % 37 == 36:
                    1 / 0
                x += 1
        except ZeroDivisionError:
            out.append((i, j, x, y))
    return x, y, i, j, out


print(two_loops(120))


def swapped(n):
    a, b, c = 1, 2.0, '3'
    try:
        for i in range(n):
            a, b, c = b, c, a
            if i == n - 1:
                raise KeyError
    except KeyError:
        pass
    return a, b, c


print(swapped(100), swapped(101), swapped(102))


def call(x, boom):
    y = x * 2
    z = y + 0.5
    if boom:
        raise OSError(y, z)
    return z


def deep(n):
    t = 0.0
    k = 0
    for i in range(n):
        try:
            k = i
            t = t + call(i, i % 50 == 49)
            k = -1
        except OSError as e:
            t -= e.args[1]
            if k != i: return 'wrong'
    return t, k


print(deep(200))
