# yield from: through levels, with values sent and thrown, over lists and generators, with results.
def leaf(n):
    got = 0
    for i in range(n):
        x = yield i
        if x: got += x
    return got


def middle(n):
    a = yield from leaf(n)
    b = yield from [10, 20, 30]
    c = yield from leaf(n // 2)
    return a + c


def top(k):
    t = 0
    for i in range(k):
        t += yield from middle(i % 4 + 1)
    return t


def plain(k):
    g = top(k)
    t = c = 0
    for x in g:
        t += x
        c += 1
    return t, c


print(plain(100))


def sends(k):
    g = top(k)
    next(g)
    t = c = 0
    while True:
        try:
            t += g.send(1 if t % 3 else None)
            c += 1
        except StopIteration as s:
            return t, c, s.value
        except AttributeError as e:
            return t, c, str(e)


print(sends(50))


def send_ok(k):
    def inner():
        s = 0
        while True:
            x = yield s
            if x is None: return s
            s += x
    def outer():
        out = []
        for _ in range(k):
            out.append((yield from inner()))
        return out
    g = outer()
    r = next(g)
    n = 0
    try:
        while True:
            n += 1
            r = g.send(None if n % 5 == 0 else n)
    except StopIteration as s:
        return s.value[:5], len(s.value), sum(s.value), n


print(send_ok(60))


def throws(k):
    def inner(i):
        try:
            yield i
        except ValueError:
            yield -i
    def outer():
        for i in range(k):
            yield from inner(i)
    g = outer()
    t = 0
    for x in g:
        t += x
        if x % 3 == 1: t += 2 * g.throw(ValueError)
    return t


print(throws(100))


def tree(t):
    if t:
        yield from tree(t[0])
        yield t[1]
        yield from tree(t[2])


def build(lo, hi):
    if lo >= hi: return None
    m = (lo + hi) // 2
    return build(lo, m), m, build(m + 1, hi)


print(sum(i * x for i, x in enumerate(tree(build(0, 200)))), list(tree(build(0, 15))))
