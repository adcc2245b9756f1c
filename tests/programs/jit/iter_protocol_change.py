# __iter__, __next__, __getitem__ and __len__ replaced between and during hot loops.
class C:
    def __init__(self, n): self.n = n
    def __iter__(self):
        for i in range(self.n): yield i


def run(n):
    c = C(5)
    t = 0
    out = []
    for i in range(n):
        for x in c: t += x
        if i == 50: C.__iter__ = lambda self: iter([10, 20])
        if i == 60: c.__iter__ = None
        if i == 70: del C.__iter__; C.__getitem__ = lambda self, k: (1, 2, 3)[k]
        if i == 80: C.__iter__ = lambda self: iter((0.5,))
        if i % 10 == 9: out.append(t)
    return out


print(run(100))


class N:
    def __init__(self): self.i = 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > 100: raise StopIteration
        return self.i


def during(n):
    t = 0
    for x in N():
        t += x
        if x == 60: N.__next__ = lambda self: after(self)
    return t


def after(self):
    self.i += 10
    if self.i > 200: raise StopIteration
    return -self.i


print(during(0))


def not_iterable(n):
    c = 0
    xs = [[1], (2,), 5, None, 'a', {3: 4}, object]
    for i in range(n):
        try:
            for x in xs[i % 7]: c += 1
        except TypeError as e:
            c += 100
            text = str(e)
    return c, text


print(not_iterable(84))


def contains(n):
    class K:
        def __len__(self): return 3
        def __getitem__(self, i):
            if i >= 3: raise IndexError
            return i * 10
    k = K()
    c = 0
    for i in range(n):
        c += (i in k) + len(k) + k[i % 3]
        if i == 50: K.__len__ = lambda self: 7
        if i == 60: K.__contains__ = lambda self, x: True
        if i == 70: K.__getitem__ = lambda self, i: 0.5
    return c


print(contains(90))


def bad_len(n):
    class L:
        v = 1
        def __len__(self): return self.v
    l = L()
    seen = {}
    for i in range(n):
        l.v = (1, -1, 'x', True, 2 ** 70, 2.0)[i % 6]
        try:
            r = len(l)
        except (ValueError, TypeError, OverflowError) as e:
            r = type(e).__name__
        seen[r] = seen.get(r, 0) + 1
    return seen


print(bad_len(90))


def unpack(n):
    c = C(3)
    C.__iter__ = lambda self: iter(range(self.n))
    t = 0
    for i in range(n):
        a, b, d = c
        t += a + b * 10 + d * 100
        if i == 40: c.n = 4
        try:
            a, b, d = c
        except ValueError as e:
            t += 1000
            c.n = 3
    return t


print(unpack(60))
