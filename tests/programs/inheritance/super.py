class A:
    x = 1
    def m(self): return "A.m"
    @classmethod
    def c(cls): return "A.c " + cls.__name__
    @staticmethod
    def s(): return "A.s"
    @property
    def p(self): return "A.p"
    def __getitem__(self, k): return ("A", k)
    def __len__(self): return 3
    def __repr__(self): return "A()"
class B(A):
    x = 2
    def m(self): return "B>" + super().m() + ">" + super(B, self).m()
    @classmethod
    def c(cls): return "B>" + super().c()
    @staticmethod
    def s(): return "B>" + A.s()
    @property
    def p(self): return "B>" + super().p + str(super().x)
    def __getitem__(self, k): return ("B", super().__getitem__(k))
    def __len__(self): return super().__len__() + 1
    def __repr__(self): return "B" + super().__repr__()
    def nested(self):
        def inner(): return super(B, self).m()
        return inner(), [super(B, self).x for _ in "a"], (lambda: super(B, self).m())()
    def comp(self): return [super().x for _ in range(1)] if False else None
b = B(); print(b.m(), B.c(), b.c(), B.s(), b.p, b[5], len(b), b, b.nested(), repr(super(B, b)) == "<super: <class 'B'>, <B object>>")
class C(B): pass
print(C().m(), C.c(), C(), super(B, C()).m(), super(A, b).__repr__ is not None)
tests = [lambda: super(B, b).nope, lambda: super(), lambda: super(B, 5), lambda: super(5, b), lambda: super(C, b).m(), lambda: super(B).m]
for t in tests:
    try: print(t())
    except (AttributeError, TypeError, RuntimeError) as e: print(type(e).__name__, e)
class S(A):
    def setx(self):
        super().y = 5 if False else None
try: S().setx()
except AttributeError as e: print(e)
class Shape:
    def __init__(self, n): self.n = n
    def area(self): raise NotImplementedError("area of " + self.n)
    def desc(self): return f"{self.n} {self.area():.2f}"
class Sq(Shape):
    def __init__(self, s): super().__init__("sq"); self.s = s
    def area(self): return self.s ** 2
class Ci(Shape):
    def __init__(self, r): Shape.__init__(self, "ci"); self.r = r
    def area(self): return 3.14159 * self.r ** 2
for s in (Sq(2), Ci(1), Shape("none")):
    try: print(s.desc())
    except NotImplementedError as e: print(repr(e))
class N:
    def __new__(cls, *a):
        print("new", cls.__name__, a); o = super().__new__(cls); o.tag = "t"; return o
    def __init__(self, *a): print("init", a, self.tag)
class NN(N):
    def __new__(cls, x): return super().__new__(cls, x, x) if x else 42
NN(1); print(NN(0)); print(type(N(5)).__name__)
class BadInit:
    def __init__(self): return 5
try: BadInit()
except TypeError as e: print(e)
