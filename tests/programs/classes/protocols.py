# descriptors, classes
class D:
    def __init__(self, n): self.n = n
    def __set_name__(self, o, name): self.name = name
    def __get__(self, i, o=None):
        if i is None: return self
        return i.__dict__.get(self.name, self.n)
    def __set__(self, i, v):
        if v < 0: raise ValueError(f"{self.name} < 0")
        i.__dict__[self.name] = v
    def __delete__(self, i): del i.__dict__[self.name]
class A:
    x = D(1); y = D(2)
    def __init__(self, **k):
        for a, b in k.items(): setattr(self, a, b)
a = A(x=5); print(a.x, a.y, vars(a), A.x.name)
try: a.y = -1
except ValueError as e: print(e)
del a.x; print(a.x, a.__dict__)
try: del a.x
except KeyError as e: print("KeyError", e)
class Meta(type):
    def __new__(m, name, bases, ns, **kw):
        c = super().__new__(m, name, bases, ns); c.kw = kw; return c
    def __init__(c, name, bases, ns, **kw): super().__init__(name, bases, ns); print("init", name, kw)
    def __call__(c, *a, **k): print("call", c.__name__); return super().__call__(*a, **k)
    def __getattr__(c, n): return f"meta.{n}"
    def __len__(c): return 7
    def __iter__(c): return iter("abc")
    def __contains__(c, x): return x == 1
    @property
    def prop(c): return c.__name__ + "!"
    def __instancecheck__(c, o): return o == 3
class M(metaclass=Meta, z=1): pass
m = M(); print(M.kw, M.foo, len(M), list(M), 1 in M, 2 in M, M.prop, isinstance(3, M), isinstance(m, M))
try: m.foo
except AttributeError as e: print(e)
class Base:
    def f(self): return "Base.f"
    @classmethod
    def c(cls): return cls.__name__
    @staticmethod
    def s(x): return x * 2
    @property
    def p(self): return self._p
    @p.setter
    def p(self, v): self._p = v + 1
    @p.deleter
    def p(self): print("del p"); del self._p
class Derived(Base):
    def f(self): return "D+" + super().f()
    @classmethod
    def c(cls): return "D:" + super().c()
    @property
    def p(self): return super().p * 10
    @p.setter
    def p(self, v): Base.p.fset(self, v)
d = Derived(); d.p = 4; print(d.f(), d.c(), Derived.c(), d.s(3), Derived.s(4), d.p, d._p)
try: del d.p
except AttributeError as e: print(e)
b = Base(); b.p = 1; del b.p
try: b.p
except AttributeError as e: print(e)
print(Base().f.__func__ is Base.f, Base.__mro__, Derived.__bases__, Base.__subclasses__())
print(type("X", (Base,), {"q": 1, "g": lambda self: self.q})().g(), type(d).__qualname__, Derived.f.__qualname__)
class S:
    __slots__ = ("a",)
    def __getattr__(self, n): return n.upper()
s = S(); print(s.a, s.b); s.a = 1; print(s.a)
class Cmp:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return NotImplemented if not isinstance(o, Cmp) else self.v == o.v
    def __lt__(self, o): return self.v < o.v
    def __hash__(self): return hash(self.v)
    def __repr__(self): return f"C{self.v}"
print(Cmp(1) == Cmp(1), Cmp(1) == 1, Cmp(1) != Cmp(2), sorted([Cmp(3), Cmp(1), Cmp(2)]), max(Cmp(1), Cmp(5)), {Cmp(1): 2}[Cmp(1)], Cmp(1) in {Cmp(1)}, sorted([Cmp(i % 7) for i in range(100)], reverse=True)[:3])
try: Cmp(1) <= Cmp(2)
except TypeError as e: print(e)
import sys
class WithNew:
    def __new__(cls, *a): print("new", a); o = object.__new__(cls); o.args = a; return o
    def __init__(self, *a): print("init", a)
print(WithNew(1, 2).args)
class Sing:
    _i = None
    def __new__(cls):
        if cls._i is None: cls._i = super().__new__(cls)
        return cls._i
print(Sing() is Sing())
class I(int):
    def __new__(cls, v): return super().__new__(cls, v + 1)
    def __add__(self, o): return I(int(self) + int(o))
    def __repr__(self): return f"I({int(self)})"
print(I(1), I(1) + 1, 1 + I(1), I(2) * 2, sum([I(1), I(2)]), [I(0)], f"{I(5)} {I(5):03d} {I(5)!r}", hash(I(1)), I(1) == 2, {2: "x"}[I(1)])
class L(list):
    def append(self, x): super().append(x * 2)
    def __getitem__(self, i): return ("got", super().__getitem__(i))
l = L([1, 2]); l.append(3); print(l, l[0], l[-1], list(l), len(l), l == [1, 2, 6], [*l], l[0:1])
class DD(dict):
    def __missing__(self, k): self[k] = v = k * 2; return v
dd = DD(a=1); print(dd["a"], dd["b"], dd, dd.get("z"), "z" in dd)
class Str(str):
    def __len__(self): return 99
    def upper(self): return "UP"
print(Str("abc"), len(Str("abc")), Str("abc").upper(), Str("abc") + "d", type(Str("a") + "b").__name__, Str("abc")[1], f"{Str('x'):>4}", Str("a") == "a", {"a": 1}[Str("a")])
