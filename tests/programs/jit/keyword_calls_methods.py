# Keyword and default arguments of methods and constructors that a subclass or the loop changes.
class A:
    def m(self, a, b=1, *, c=2): return a + b * 10 + c * 100
    def n(self, *a, **k): return self.m(*a, **k)


class B(A):
    def m(self, a, b=5, *, c=7, d=0): return super().m(a, b=b, c=c) + d


def run(n):
    os = [A(), B(), A()]
    t = 0
    for i in range(n):
        o = os[i % 3]
        t += o.m(i) + o.m(b=i, a=1) + o.m(1, 2, c=3) + o.n(i, c=i) + o.n(a=0)
        if i == 60: A.m.__defaults__ = (0.5,)
        if i == 80: B.m.__kwdefaults__ = {'c': 1, 'd': 1000}
    return t


print(run(120))


def errors(n):
    c = {}
    a = A()
    for i in range(n):
        try:
            if i % 6 == 0: a.m()
            elif i % 6 == 1: a.m(1, a=2)
            elif i % 6 == 2: a.m(1, 2, 3)
            elif i % 6 == 3: a.m(1, q=2)
            elif i % 6 == 4: a.n(1, **{'c': 3, 'zz': 1})
            else: a.m(*[1], **{'b': 2}, b=3)
        except TypeError as e:
            c[str(e)] = c.get(str(e), 0) + 1
    return c


for k, v in errors(90).items(): print(v, k)


class Opt:
    def __init__(self, x=0, *, y=None, **rest):
        self.x, self.y, self.rest = x, y, rest
    def with_(self, **kw): return Opt(**{**vars(self), 'rest': 0, **kw})


def options(n):
    o = Opt()
    for i in range(n):
        o = o.with_(x=i) if i % 2 else o.with_(y=o.x, **{'k%d' % (i % 3): i})
    return o.x, o.y, sorted(o.rest.items())


print(options(60))


def partials(n):
    def part(f, *a, **k):
        def g(*b, **j): return f(*a, *b, **{**k, **j})
        return g
    def base(a, b, c=0, d=0): return a * 1000 + b * 100 + c * 10 + d
    fs = [part(base, 1), part(base, 1, 2), part(base, d=4), part(part(base, c=3), 9)]
    t = 0
    for i in range(n):
        f = fs[i % 4]
        t += f(5) if i % 4 == 1 else f(5, 6) if i % 4 == 2 else f(7, d=i % 10)
    return t


print(partials(100))


def evaluation_order(n):
    log = []
    def v(x):
        log.append(x)
        return x
    def f(*a, **k): return len(a) + len(k)
    t = 0
    for i in range(n):
        t += f(v(1), *[v(2), v(3)], k=v(4), **{'z': v(5)})
    return t, log[:5], len(log)


print(evaluation_order(70))
