def f(a, b=2, /, c=3, *args, d, e=5, **kw):
    return a, b, c, args, d, e, kw
print(f(1, d=4), f(1, 2, 3, 4, 5, d=6, z=7), f(1, c=9, d=0), f(1, d=4, a=10, b=20), f(1, 5, c=1, d=2, e=3))
tests = [lambda: f(), lambda: f(1), lambda: f(1, 2, 3, 4), lambda: f(d=1), lambda: f(1, 2, 3, c=4, d=5), lambda: f(a=1, d=2)]
def g(a, b): pass
def h(a, *, b, c): pass
def p(a, b, /): pass
def n(): pass
def k(a, b=1, *, c=2): pass
def three(a, b, c): pass
tests += [lambda: g(), lambda: g(1), lambda: g(1, 2, 3), lambda: g(1, b=2, c=3), lambda: g(1, a=1), lambda: g(x=1), lambda: h(1), lambda: h(1, b=2), lambda: h(1, 2, b=1, c=1), lambda: p(1, b=2), lambda: p(a=1, b=2), lambda: p(1), lambda: n(1), lambda: n(x=1), lambda: k(), lambda: k(1, 2, 3), lambda: k(1, 2, 3, c=4), lambda: k(1, d=3), lambda: three(1), lambda: three(), lambda: three(1, 2, 3, 4), lambda: (lambda x: x)(), lambda: (lambda: 0)(1, 2), lambda: n(*[1, 2], **{"q": 1}), lambda: three(b=1), lambda: k(1, 2, 3, 4, e=1), lambda: h(1, 2, 3), lambda: g(1, 2, bb=3)]
for t in tests:
    try:
        print(t())
    except TypeError as e:
        print(e)
class C:
    def m(self, a): return a
    @staticmethod
    def s(a): return a
    @classmethod
    def c(cls, a): return a
    def noself(): pass
for t in (lambda: C().m(), lambda: C().m(1, 2), lambda: C.m(), lambda: C.m(C()), lambda: C.s(), lambda: C.c(), lambda: C().c(1, 2), lambda: C().noself(), lambda: C(5), lambda: C.m(1, 2), lambda: C().m(b=1)):
    try:
        print(t())
    except TypeError as e:
        print(e)
