class C:
    def __init__(self): self.n = 0
    def __call__(self, *a, **k): self.n += 1; return a, k, self.n
c = C(); print(c(1, x=2), c(), c.__call__(3), callable(c), callable(C), callable(5), list(map(c, "ab")), sorted([3, 1], key=lambda v: c(v)[0]))
class Chain:
    def __init__(self, p=""): self.p = p
    def __getattr__(self, n): return Chain(f"{self.p}.{n}")
    def __call__(self, *a): return Chain(f"{self.p}({','.join(map(str, a))})")
    def __getitem__(self, k): return Chain(f"{self.p}[{k}]")
    def __str__(self): return self.p
print(Chain().foo.bar(1, 2)[3].baz())
class Attr:
    a = 1
    def __getattribute__(self, n):
        if n == "secret": raise AttributeError("no secret")
        if n.startswith("x"): return "X" + n
        return super().__getattribute__(n)
    def __getattr__(self, n): return "fallback:" + n
    def __setattr__(self, n, v): print("set", n, v); object.__setattr__(self, n, v)
    def __delattr__(self, n): print("del", n); object.__delattr__(self, n)
o = Attr(); o.b = 5; print(o.a, o.b, o.xyz, o.secret, o.nope, o.__dict__); del o.b; print(o.b); setattr(o, "q", 1); print(getattr(o, "zz"), hasattr(o, "anything"), vars(o))
try: del o.unset
except AttributeError as e: print(e)
class Prox:
    def __init__(self, t): self.__dict__["_t"] = t
    def __getattr__(self, n): return getattr(self._t, n)
    def __setattr__(self, n, v): setattr(self._t, n, v)
class T: pass
t = T(); p = Prox(t); p.x = 5; print(t.x, p.x, Prox([1, 2]).count(1), Prox("ab").upper())
for f in (lambda: p.zz, lambda: Prox([])[0], lambda: len(Prox([])), lambda: Prox(5) + 1):
    try: print(f())
    except (AttributeError, TypeError) as e: print(type(e).__name__, e)
class Bad:
    __call__ = 5
try: Bad()()
except TypeError as e: print(e)
i = T(); i.__call__ = lambda: 1
try: i()
except TypeError as e: print(e)
class Static:
    __call__ = staticmethod(lambda *a: ("static", a))
print(Static()(1)); T.__len__ = lambda self: 7; print(len(i), bool(i)); T.__len__ = lambda self: 0; print(bool(i)); del T.__len__; print(bool(i))
class G:
    def __getattr__(self, n):
        if n == "loop": return self.other
        raise AttributeError(f"custom {n}")
for n in ("loop", "x"):
    try: getattr(G(), n)
    except AttributeError as e: print(e, e.name, type(e.obj).__name__)
class Dir:
    def __dir__(self): return ["b", "a"]
print(dir(Dir()), [n for n in dir(C) if not n.startswith("__")], "n" in dir(c))
for f in (lambda: getattr(c), lambda: getattr(c, 5), lambda: setattr(c, 5, 1), lambda: getattr(c, "zz"), lambda: hasattr(c, 5), lambda: vars(5), lambda: delattr(c, "zz")):
    try: print(f())
    except (TypeError, AttributeError) as e: print(type(e).__name__, e)
