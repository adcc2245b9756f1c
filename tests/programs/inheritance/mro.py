class A:
    def f(self): return ["A"]
class B(A):
    def f(self): return ["B"] + super().f()
class C(A):
    def f(self): return ["C"] + super().f()
class D(B, C):
    def f(self): return ["D"] + super().f()
print(D().f(), [c.__name__ for c in D.__mro__], [c.__name__ for c in D.mro()], D.__bases__, D.__base__.__name__, issubclass(D, A), issubclass(A, D), isinstance(D(), (int, C)))
class O: pass
class X(O): pass
class Y(O): pass
class XY(X, Y): pass
class YX(Y, X): pass
for bases in ((XY, YX), (O, X), (X, X), (int, str), (bool,), (5,), (type(None),), (range,), (type(lambda: 0),)):
    try: print(type("Z", bases, {}).__mro__)
    except TypeError as e: print(e)
class E(D): pass
class F(C, A): pass
class G(E, F): pass
print([c.__name__ for c in G.__mro__], G().f())
class Base:
    def __init__(self, **kw): print("Base", kw)
class M1(Base):
    def __init__(self, a=0, **kw): print("M1", a); super().__init__(**kw)
class M2(Base):
    def __init__(self, b=0, **kw): print("M2", b); super().__init__(**kw)
class Both(M1, M2):
    def __init__(self, **kw): print("Both"); super().__init__(**kw)
Both(a=1, b=2, c=3)
class P:
    v = "P"; shared = []
    def who(self): return type(self).__name__, self.v
class Q(P): v = "Q"
print(Q().who(), P().who(), P.who(Q()), Q.shared is P.shared); P.new = 5; print(Q.new, Q().new); Q.v = "Q2"; del Q.v; print(Q().v); print(super(Q, Q()).v, super(Q, Q).v)
class I(int):
    def __new__(cls, v): return super().__new__(cls, v * 2)
    def __init__(self, v): self.orig = v
print(I(5), I(5).orig, I(5) + 1, isinstance(I(1), int))
D.__bases__ and print(D.__subclasses__ and [c.__name__ for c in A.__subclasses__()])
