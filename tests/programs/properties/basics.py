class T:
    def __init__(self, c): self._c = c
    @property
    def c(self): "Celsius"; return self._c
    @c.setter
    def c(self, v):
        if v < -273: raise ValueError("too cold")
        self._c = v
    @c.deleter
    def c(self): print("deleting"); self._c = 0
    @property
    def f(self): return self._c * 9 / 5 + 32
    @f.setter
    def f(self, v): self.c = (v - 32) * 5 / 9
t = T(100); print(t.c, t.f); t.f = 32; print(t.c); t.c += 10; print(t.c, t.f); del t.c; print(t.c)
try: t.c = -300
except ValueError as e: print(e)
class R:
    @property
    def ro(self): return 1
    x = property(lambda s: "x")
    w = property(None, lambda s, v: print("w set", v))
    y = property(fget=lambda s: s._y, fset=lambda s, v: setattr(s, "_y", v * 2), doc="y doc")
r = R(); r.y = 4; print(r.y, R.y.__doc__, T.c.__doc__, r.x, type(R.ro).__name__, R.ro.fget(r), R.ro.fset)
r.w = 5
def setro(): r.ro = 2
def delro(): del r.ro
for f in (setro, delro, lambda: r.w, lambda: r.y.z, lambda: r.x()):
    try: f()
    except (AttributeError, TypeError) as e: print(type(e).__name__, e)
r.__dict__["ro"] = "inst"; print(r.ro, r.__dict__)
class P2(T):
    @property
    def c(self): return "sub " + str(super().c)
    @T.f.getter
    def f(self): return "new f"
p = P2(5); print(p.c, p.f)
try: p.c = 1
except AttributeError as e: print(e)

class Lazy:
    def __init__(self): self.calls = 0
    @property
    def v(self):
        self.calls += 1
        if "_v" not in self.__dict__: self._v = [1, 2]
        return self._v
l = Lazy(); l.v.append(3); print(l.v, l.calls); l.v[0] = 9; print(l.v)
class Err:
    @property
    def a(self): return self.missing
    @property
    def b(self): raise KeyError("inner")
    def __getattr__(self, n): return "fallback " + n
print(Err().a, Err().zzz)
try: Err().b
except KeyError as e: print(repr(e))
class Err2:
    @property
    def a(self): return self.missing
try: Err2().a
except AttributeError as e: print(e, hasattr(Err2(), "a"), getattr(Err2(), "a", "dflt"))
