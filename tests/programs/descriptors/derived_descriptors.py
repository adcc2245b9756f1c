# Classes derived from property, classmethod and staticmethod that bind in their own way.
class lazy(property):
    def __get__(self, obj, cls=None):
        if obj is None: return self
        return ("lazy", self.fget(obj))
    def __set__(self, obj, v):
        obj.__dict__['log'] = v
class A:
    @lazy
    def x(self): return 3
a=A()
for i in range(300):
    r=a.x
    a.x=i
print(r, a.log, type(A.x).__name__)
class cm(classmethod):
    def __get__(self, obj, cls=None):
        return super().__get__(obj, cls)(5)
class B:
    @cm
    def f(cls, x): return cls.__name__, x
print(B.f, B().f)
class sm(staticmethod):
    def __get__(self, obj, cls=None): return "sm"
class D:
    @sm
    def f(): pass
print(D.f, D().f)
class P2(property):
    def __set__(self, obj, v): super().__set__(obj, v*2)
    def __delete__(self, obj): print("del")
class E:
    def __init__(s): s._v=0
    def g(s): return s._v
    def st(s,v): s._v=v
    v=P2(g,st)
e=E(); e.v=4; print(e.v); del e.v


class Through(property):
    def __get__(self, obj, cls=None):
        return "through", obj is None


class T:
    p = Through(lambda self: 1)
    s = sm(lambda: 2)


def reads(n):
    seen = set()
    t = T()
    for k in range(n):
        seen.add((T.p, t.p, T.s, t.s, D.f, getattr(T, "p")))
    return seen


print(reads(300))
