# Bound methods kept, compared, called later; methods of built-in objects; functions as attributes.
class A:
    def __init__(self, x): self.x = x
    def m(self, k=1): return self.x + k


def run(n):
    a = A(1)
    f = a.m
    t = 0
    for i in range(n):
        t += f() + f(k=i)
        if i == 60: a.x = 0.5
        if i == 80: A.m = lambda self, k=1: 1000
        if i == 90: f = a.m
        if i == 100: a = A(7)
        if i == 110: f = a.m
    return t


print(run(130))


def bound_builtins(n):
    xs = []
    add, size = xs.append, xs.__len__
    get = {i: i * i for i in range(10)}.get
    up = 'abc'.upper
    t = 0
    for i in range(n):
        add(i)
        t += size() + (get(i % 12) or 1) + len(up())
        if i == 70: add = xs.pop; add(); add = xs.append
        if i == 80: xs = []
    return t, len(xs), size()


print(bound_builtins(100))


def mapped(n):
    a = A(2)
    return sum(map(A(5).m, range(n))), [*map(str.upper, 'abc')] * 2, sorted(range(n), key=lambda v: -v % 17)[:4]


print(mapped(100))


def functions(n):
    class F:
        f = len
        g = lambda self: 5
        h = staticmethod(lambda x: x)
        k = classmethod(lambda cls, x: (cls.__name__, x))
        l = [1, 2].count
        p = A(1).m
    o = F()
    t = 0
    for i in range(n):
        t += o.g() + o.h(i) + len(o.k(i)) + o.l(1) + o.p() + F.h(2) + F.f('abc') + F.g(None)
        if i == 60: o.g = lambda: 100
    return t


print(functions(90))


def unbound(n):
    t = 0
    for i in range(n):
        t += A.m(A(i), 2) + list.pop([i, i + 1]) + str.__len__('ab') + int.__add__(i, 1) + dict.get({1: 2}, i, 3)
    return t


print(unbound(80))


def same(n):
    a, b = A(1), A(1)
    c = 0
    for i in range(n):
        c += (a.m == a.m) + (a.m == b.m) * 10 + (a.m.__self__ is a) * 100 + len({a.m, b.m, a.m}) * 1000
        c += (hash(a.m) == hash(a.m)) * 10000
    return c


print(same(70))


def dispatch(n):
    class D:
        def __init__(self): self.acc = 0
        def add(self, v): self.acc += v
        def sub(self, v): self.acc -= v * 2
        def nop(self, v): pass
        table = {0: add, 1: sub, 2: nop}
    d = D()
    own = [d.add, d.sub, d.nop, d.add]
    for i in range(n):
        D.table[i % 3](d, i)
        own[i % 4](1)
        getattr(d, ('add', 'nop')[i % 2])(i * 0.5)
    return d.acc


print(dispatch(100))
