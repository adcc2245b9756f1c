class N:
    def __init__(self, v): self.v = v
    def __repr__(self): return f"N({self.v})"
def reg(name, sym):
    def fwd(self, o): return f"({self!r} {sym} {o!r})" if not isinstance(o, str) else NotImplemented
    def rev(self, o): return f"({o!r} r{sym} {self!r})" if not isinstance(o, str) else NotImplemented
    setattr(N, f"__{name}__", fwd); setattr(N, f"__r{name}__", rev)
for n, s in (("add", "+"), ("sub", "-"), ("mul", "*"), ("truediv", "/"), ("floordiv", "//"), ("mod", "%"), ("pow", "**"), ("lshift", "<<"), ("rshift", ">>"), ("and", "&"), ("or", "|"), ("xor", "^"), ("matmul", "@"), ("divmod", "divmod")):
    reg(n, s)
n = N(1)
print(n + 2, 2 + n, n - 2, 2 - n, n * 2, 2 * n, n / 2, 2 / n, n // 2, 2 // n, n % 2, 2 % n, n ** 2, 2 ** n, n << 2, 2 << n, n >> 2, 2 >> n, n & 2, 2 & n, n | 2, 2 | n, n ^ 2, 2 ^ n, n @ 2, 2 @ n, divmod(n, 2), divmod(2, n))
print(n + N(2), 1.5 + n, [1] + n, None + n, (1,) * n, n * [1], {} | n, {1} & n)
for f in (lambda: n + "a", lambda: "a" + n, lambda: "a" * n, lambda: n - "a", lambda: n @ "a", lambda: divmod(n, "a"), lambda: n ** "s", lambda: "s" ** n, lambda: n << "s", lambda: "a" / n):
    try: print(f())
    except TypeError as e: print(e)
class Base:
    def __add__(self, o): return "Base.add"
    def __radd__(self, o): return "Base.radd"
class Derived(Base):
    def __radd__(self, o): return "Derived.radd"
class Derived2(Base): pass
print(Base() + Derived(), Derived() + Base(), Base() + Derived2(), Base() + Base(), 1 + Base(), 1 + Derived(), sum([Base()]))
class OnlyR:
    def __rsub__(self, o): return ("rsub", o)
    def __radd__(self, o): return ("radd", o)
print(5 - OnlyR(), [1] + OnlyR(), "a" + OnlyR(), sum([OnlyR()], 10))
for f in (lambda: OnlyR() - 5, lambda: OnlyR() - OnlyR()):
    try: print(f())
    except TypeError as e: print(e)
class Unary:
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "inv"
    def __abs__(self): return "abs"
u = Unary(); print(-u, +u, ~u, abs(u), (-u, ~u))
for f in (lambda: -n, lambda: ~n, lambda: +object(), lambda: abs(n)):
    try: f()
    except TypeError as e: print(str(e))
class P3:
    def __pow__(self, e, m=None): return ("pow", e, m)
    def __rpow__(self, b, m=None): return ("rpow", b, m)
print(pow(P3(), 2), pow(P3(), 2, 3), 5 ** P3())
class NI:
    def __add__(self, o): return NotImplemented
    __eq__ = __lt__ = __add__
print(NI() == 5, NI() != 5, NI() == NI(), NI().__add__(1), 5 .__add__("a"), "a".__eq__(5), (1).__lt__("a"))
try: NI() + NI()
except TypeError as e: print(e)
try: NI() < NI()
except TypeError as e: print(e)
