# Tuples made, unpacked, compared, indexed and changed in length in hot loops.
def run(n):
    p = (0, 1)
    for i in range(n):
        a, b = p
        p = b, (a + b) % 1000
    return p


print(run(300))


def lengths(xs, n):
    ok = bad = 0
    for i in range(n):
        try:
            a, b, c = xs[i % len(xs)]
            ok += a + b + c
        except ValueError as e:
            bad += 1
            text = str(e)
        except TypeError as e:
            bad += 100
            text = str(e)
    return ok, bad, text


print(lengths([(1, 2, 3), (1, 2), [4, 5, 6]], 90))
print(lengths([(1, 2, 3)] * 5 + [(1, 2, 3, 4)], 90))
print(lengths([(1, 2, 3), 5], 90))
print(lengths([range(3), {1: 1, 2: 2, 3: 3}, iter([7, 8, 9]), (1,)], 90))


def stars(n):
    t = []
    for i in range(n):
        a, *b, c = range(i % 5 + 2)
        t.append((a, len(b), c))
    return sorted(set(t))


print(stars(80))


def compare(n):
    c = 0
    for i in range(n):
        x, y = (i % 3, i % 5), (i % 4, i % 2)
        c += (x < y) + (x == y) * 10 + (x >= y) * 100 + ((1, 'a') != (1, i)) * 1000
    return c


print(compare(120))


def index(n):
    t = (1, 2.5, 'x', None, (3,))
    c = {}
    for i in range(n):
        try:
            v = t[i % 12 - 6]
        except IndexError as e:
            v = str(e)
        c[v] = c.get(v, 0) + 1
    return c


print(index(120))


def concat(n):
    t = ()
    for i in range(n):
        t += (i,)
        if len(t) > 10: t = t[5:] + t[:2] * 2
    return t, hash(t) == hash(tuple(list(t)))


print(concat(100))


def nested(n):
    t = None
    for i in range(n):
        t = (t, i) if i % 10 else (i, i)
    d = 0
    while isinstance(t, tuple):
        d += t[1]
        t = t[0]
    return d


print(nested(105))


def swaps(n):
    a, b, c, d = 1, 2.0, '3', None
    for i in range(n):
        a, b = b, a
        b, c, d = d, b, c
        (a, b), (c, d) = (c, d), (a, b)
    return a, b, c, d


print([swaps(n) for n in range(60, 66)])
