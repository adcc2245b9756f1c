class A:
    v = 1
    def m(self): return "A.m"
def getv(o): return o.v
def callm(o): return o.m()
a = A()
for _ in range(300): getv(a); callm(a)
print(getv(a), callm(a)); A.v = 2; print(getv(a)); a.v = 3; print(getv(a), A.v); del a.v; print(getv(a)); A.m = lambda self: "patched"; print(callm(a)); a.m = lambda: "instance"; print(callm(a)); del a.m; print(callm(a))
class B(A): pass
b = B()
for _ in range(300): getv(b); callm(b)
A.v = 10; print(getv(b)); B.v = 20; print(getv(b)); del B.v; print(getv(b)); B.m = lambda self: "B"; print(callm(b), callm(a)); del B.m; print(callm(b)); b.__class__ = A; print(type(b).__name__, callm(b))
A.v = property(lambda self: "prop"); print(getv(a), getv(b)); b.__dict__["v"] = "shadowed?"; print(getv(b)); del A.v; print(getv(b))
try: getv(a)
except AttributeError as e: print(e)
A.__getattr__ = lambda self, n: "dyn " + n; print(getv(a)); del A.__getattr__
try: getv(a)
except AttributeError as e: print(e)
class P:
    def __init__(self, x): self.x = x
class Q:
    def __init__(self, x): self.y = 0; self.x = x
class R:
    __slots__ = ("x",)
    def __init__(self, x): self.x = x
class S:
    @property
    def x(self): return "px"
class T:
    x = "class"
class U:
    def __getattr__(self, n): return n * 2
objs = [P(1), Q(2), R(3), S(), T(), U(), P("last")]
def getx(o): return o.x
for _ in range(100):
    r = [getx(o) for o in objs]
print(r); 
def setx(o, v): o.x = v
p = P(0)
for i in range(300): setx(p, i)
print(p.x); q = Q(0); setx(q, "q"); rr = R(0); setx(rr, "r"); print(q.x, rr.x, q.__dict__)
try: setx(S(), 1)
except AttributeError as e: print(e)
P.__setattr__ = lambda self, n, v: object.__setattr__(self, n, ("wrapped", v)); setx(p, 5); print(p.x); del P.__setattr__; setx(p, 6); print(p.x)
import math
def area(r): return math.pi * r
for _ in range(300): area(1)
print(round(area(2), 3)); old = math.pi; math.pi = 3; print(area(2)); math.pi = old; print(round(area(2), 3))
class Desc:
    def __get__(self, o, t): return "descr"
class W: pass
w = W(); w.v = "inst"
for _ in range(300): getv(w)
W.v = Desc(); print(getv(w)); Desc.__set__ = lambda self, o, v: None; print(getv(w)); del Desc.__set__; print(getv(w))
