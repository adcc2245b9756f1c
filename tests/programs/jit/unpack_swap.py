# Unpacking and swapping of every kind of target, and what a failing one leaves behind.
class P: pass


def run(n):
    p, xs, d = P(), [0, 0, 0], {}
    p.a = 0
    for i in range(n):
        p.a, xs[i % 3], d['k'] = i, p.a, xs[0]
        xs[0], p.b = p.a, xs[1]
        (x, y), z = (i, i + 1), [x] if i else None
        x, y = y, x
    return p.a, p.b, xs, d, x, y, z


print(run(80))


def failing(n):
    a = b = c = 0
    e = 0
    for i in range(n):
        try:
            a, b, c = (i, i, i) if i % 4 else (i, -i)
        except ValueError:
            e += a * 1000 + b
        try:
            (a, b), c = (1, i), i
            (a, (b, c)) = i, (2,) * (i % 3)
        except ValueError:
            e += 1
    return a, b, c, e


print(failing(60))


def order(n):
    log = []
    def f(x):
        log.append(x)
        return xs
    xs = [0] * 4
    for i in range(n):
        f('a')[0], f('b')[1] = f('c')[2], i
        xs[xs[3] % 4], xs[3] = i, xs[3] + 1
    return xs, ''.join(log[:6]), len(log)


print(order(60))


def starred(n):
    t = 0
    for i in range(n):
        a, *b = range(i % 4 + 1)
        *c, d = 'abc'[:i % 3 + 1]
        e, (f, *g), h = i, [1, 2, i], None
        t += a + len(b) * 10 + len(c) * 100 + (d == 'a') * 1000 + g[-1] + f
        [x, *y], z = (i, i), *[5]
        t += x + y[0] + z
    return t


print(starred(90))


def loops(n):
    t = 0
    for i, (a, b) in enumerate([(1, 2), (3, 4.5), ('x', 'y')] * (n // 3)):
        if isinstance(a, str): t += len(a + b)
        else: t += a * b + i
    for a, *b in [(1, 2, 3), (4,), 'xyz'] * 20: t += len(b)
    for xs[0] in range(50): t += xs[0]
    for P.v in range(30): t += P.v
    return t


xs = [0]
print(loops(90), xs, P.v)


def rotate3(n):
    a, b, c = 1, 'two', 3.0
    seen = []
    for i in range(n):
        a, b, c = c, a, b
        if i % 13 == 0: seen.append((a, b, c))
    return seen


print(rotate3(90))


def generators(n):
    def g(k):
        for i in range(k): yield i
    c = 0
    for i in range(n):
        try:
            a, b = g(i % 4)
            c += a + b
        except ValueError as e:
            c += len(str(e)) * 100
    return c


print(generators(80))
