class D:
    def __init__(self, n): self.n = n
    def __get__(self, o, t): print("get", self.n, None if o is None else type(o).__name__, t.__name__); return self.n
    def __set__(self, o, v): print("set", self.n, v)
    def __delete__(self, o): print("del", self.n)
class ND:
    def __get__(self, o, t=None): return ("nd", o is None)
class SetOnly:
    def __set__(self, o, v): o.__dict__["so"] = v * 2
class C:
    d = D("d"); nd = ND(); so = SetOnly()
c = C(); c.d; C.d; c.d = 5; del c.d; c.__dict__["d"] = "inst"; print(c.d); print(c.nd, C.nd); c.nd = "shadow"; print(c.nd); del c.nd; print(c.nd)
print(type(c.so).__name__); c.so = 4; print(c.so, c.__dict__)
class Sub(C): pass
Sub().d; Sub.d; C.d = "replaced"; print(c.d, Sub().d)
class Typed:
    def __init__(self, t): self.t = t
    def __set_name__(self, o, n): self.n = n
    def __get__(self, o, t=None): return self if o is None else o.__dict__.get(self.n)
    def __set__(self, o, v):
        if not isinstance(v, self.t): raise TypeError(f"{self.n} must be {self.t.__name__}")
        o.__dict__[self.n] = v
class P:
    x = Typed(int); s = Typed(str)
    def __init__(self, x, s): self.x, self.s = x, s
p = P(1, "a"); print(p.x, p.s, p.__dict__)
for f in (lambda: P("a", "b"), lambda: setattr(p, "s", 5)):
    try: f()
    except TypeError as e: print(e)
class M:
    def __init__(self, f): self.f = f
    def __get__(self, o, t=None): return self if o is None else lambda *a: self.f(o, *a)
class U:
    v = 3
    @M
    def m(self, x): return self.v * x
print(U().m(5), type(U.m).__name__)
f = lambda self, x: (self, x); print(f.__get__(5)(6), f.__get__(5, int).__self__, "abc".upper.__self__, str.upper.__get__("q")())
class cm:
    def __init__(self, f): self.f = f
    def __get__(self, o, t): return lambda *a: self.f(t, *a)
class V:
    @cm
    def n(cls): return cls.__name__
class W(V): pass
print(V.n(), W().n(), W.n())
class Bad:
    def __get__(self, o, t): raise AttributeError("from get")
class X:
    b = Bad()
    def __getattr__(self, n): return "ga " + n
print(X().b)
try: X.b
except AttributeError as e: print(e)
class Cached:
    def __init__(self, f): self.f, self.n = f, f.__name__
    def __get__(self, o, t=None): print("compute"); v = o.__dict__[self.n] = self.f(o); return v
class Y:
    @Cached
    def big(self): return 42
y = Y(); print(y.big, y.big); del y.big; print(y.big)
print(callable(c), classmethod(lambda c: c).__get__(None, int)(), staticmethod(len).__get__(5)([1]), staticmethod(len)("ab"))
