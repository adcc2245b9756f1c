# Calls with defaults, keywords, stars and positional-only parameters, called every way in hot loops.
def f(a, b=2, *args, c=3, **kw): return a + b * 10 + len(args) * 100 + c * 1000 + len(kw) * 10000


def run(n):
    t = 0
    xs = (1, 2, 3)
    d = {'c': 5, 'z': 1}
    for i in range(n):
        t += f(i) + f(i, 1) + f(i, c=i) + f(a=i, b=0) + f(i, *xs) + f(*xs, **d) + f(i, x=1, y=2)
        if i % 40 == 39: xs += (i,)
        if i % 50 == 49: d['w%d' % i] = 0
    return t


print(run(150))


def p(a, b, /, c, *, d): return a - b + c * d


def kinds(n):
    t = e = 0
    texts = set()
    for i in range(n):
        try:
            if i % 4 == 0: t += p(i, 1, 2, d=3)
            elif i % 4 == 1: t += p(i, 1, d=3, c=2)
            elif i % 4 == 2: t += p(i, 1, 2)
            else: t += p(i, b=1, c=2, d=3)
        except TypeError as err:
            e += 1
            texts.add(str(err))
    return t, e, sorted(texts)


print(kinds(100))


def wrong(n):
    def g(x, y=1): return x + y
    c = 0
    texts = set()
    for i in range(n):
        try:
            c += g(*range(i % 5))
        except TypeError as err:
            c += 1000
            texts.add(str(err))
        try:
            c += g(1, x=2) if i % 2 else g(1, q=2)
        except TypeError as err:
            texts.add(str(err))
    return c, sorted(texts)


print(wrong(80))


def mutable(x, acc=[]):
    acc.append(x)
    return len(acc)


print(sum(mutable(i) for i in range(80)))


class A:
    def __init__(self, *a, **k): self.n = len(a) + len(k) * 10
    def __call__(self, *a, m=1): return self.n + sum(a) * m
    @classmethod
    def make(cls, *a): return cls(*a, k=1)
    @staticmethod
    def s(x, *, y=5): return x * y


def methods(n):
    t = 0
    for i in range(n):
        o = A(*range(i % 3), **({'q': 1} if i % 2 else {}))
        t += o(1, 2, m=i % 4) + A.make(1, 2).n + o.s(i, y=2) + A.s(2)
    return t


print(methods(100))


def forward(*args, **kw): return f(*args, **kw)


def wrapped(n):
    return sum(forward(i, *([1] * (i % 3)), c=i % 2) for i in range(n))


print(wrapped(90))


def unpack(n):
    t = 0
    for i in range(n):
        t += max(*[i, 5], *(7,)) + min([i, 3]) + len([*range(i % 4), *'ab']) + len({**{'a': 1}, 'b': i})
        t += (lambda *a, **k: len(a) + len(k))(*'abc', **dict(x=1))
    return t


print(unpack(90))
