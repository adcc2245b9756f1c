class P:
    __slots__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
p = P(1, 2); print(p.x, p.y, P.__slots__, type(P.x).__name__); p.x += 5; print(p.x); del p.y
for f in (lambda: p.y, lambda: setattr(p, "z", 1), lambda: p.__dict__, lambda: p.z, lambda: delattr(p, "y"), lambda: P.x.nope, lambda: delattr(p, "zz"), lambda: vars(p)):
    try: print(f())
    except (AttributeError, TypeError) as e: print(type(e).__name__, e)
class Q(P):
    __slots__ = ("z",)
class R(P): pass
q = Q(1, 2); q.z = 3; print(q.x, q.z, hasattr(q, "__dict__")); r = R(1, 2); r.new = 5; print(r.__dict__, r.x)
class S:
    __slots__ = "single"
s = S(); s.single = 1; print(s.single)
class L:
    __slots__ = ["a", "__b"]
    def __init__(self): self.a = 1; self.__b = 2
    def b(self): return self.__b
print(L().b(), L()._L__b)
class D:
    __slots__ = {"k": "doc", "__dict__": ""}
d = D(); d.k = 1; d.other = 2; print(d.k, d.__dict__)
for body in ({"__slots__": ("a",), "a": 1}, {"__slots__": (5,)}, {"__slots__": ("1x",)}, {"__slots__": ("a b",)}):
    try: type("B", (), body)
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
try:
    class Two(P, S): pass
except TypeError as e: print(e)
try:
    class TI(int): __slots__ = ("a",)
    class TI2(tuple): __slots__ = ()
    print("int slots ok", TI2((1,)))
except TypeError as e: print(e)
print(P.x.__get__(p, P), P.x.__set__(p, 77), p.x)
try: P.x.__get__(5, int)
except TypeError as e: print(e)
class E:
    __slots__ = ()
try: E().x = 1
except AttributeError as e: print(e)
class V:
    __slots__ = ("x", "y")
    def __init__(self, x, y): self.x = x; self.y = y
    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y)
    def __hash__(self): return hash((self.x, self.y))
    def __add__(self, o): return V(self.x + o.x, self.y + o.y)
    def __repr__(self): return f"V({self.x}, {self.y})"
print(V(1, 2) + V(3, 4), {V(1, 1): "a"}[V(1, 1)], sum([V(1, 1), V(2, 2)], V(0, 0)), [V(i, i * i) for i in range(3)])
print(sorted(k for k in V.__dict__ if k[0] != "_"), getattr(V(5, 6), "y"))
u = V.__new__(V)
try: u.x
except AttributeError as e: print(e)
