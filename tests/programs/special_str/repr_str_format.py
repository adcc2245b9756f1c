class A: pass
class R:
    def __repr__(self): return "R!"
class S:
    def __str__(self): return "S!"
class B:
    def __repr__(self): return "Br"
    def __str__(self): return "Bs"
    def __format__(self, s): return f"Bf<{s}>"
print(R(), str(R()), repr(R()), [R()], S(), [B()], (B(),), {B(): B()}, {1: R()}, f"{R()} {S()} {B()} {B()!r} {B()!s} {B():x}", "%s %r" % (B(), B()), "{} {!r} {:q}".format(B(), B(), B()), str([B(), "a"]), print(B(), R(), sep="/"))
print(repr(A()).startswith("<__main__.A object at 0x"), str(A).startswith("<class '__main__.A'"), repr(A), A, [A], A.__repr__(A()) != "", str(S()) != repr(S()))
class C(str):
    def __str__(self): return "custom"
    def __repr__(self): return "crepr"
c = C("val"); print(c, repr(c), [c], f"{c}", f"{c:>8}", "%s" % c, "".join([c, "x"]), c + "y", str(c), c.upper(), len(c), "{}".format(c))
class BadR:
    def __repr__(self): return 5
class BadS:
    def __str__(self): return b"x"
class BadF:
    def __format__(self, s): return None
class Boom:
    def __repr__(self): raise ValueError("boom")
for f in (lambda: repr(BadR()), lambda: str(BadR()), lambda: str(BadS()), lambda: print(BadS()), lambda: format(BadF()), lambda: [BadR()].__repr__(), lambda: str([Boom()]), lambda: f"{Boom()}", lambda: "%r" % Boom(), lambda: {1: Boom()}.__repr__(), lambda: format(A(), "x"), lambda: format(R(), ">5"), lambda: "{:d}".format(R())):
    try: print(f())
    except Exception as e: print(type(e).__name__, str(e).replace("\n", " "))
print(format(R()), format(S(), ""), f"{R()!s:>5}|{R()!r:<5}|", len(str(B())))
class E(Exception):
    def __str__(self): return "estr"
class E2(Exception):
    def __repr__(self): return "E2r"
print(E("a"), repr(E("a")), E2(1, 2), repr(E2(1)), [E()], ValueError("a", 1), repr(ValueError("it's")), str(KeyError("k")), str(ValueError()), repr(ValueError()), str(ValueError(5)), KeyError(), Exception(("t",)))
class Vec:
    def __init__(self, *c): self.c = c
    def __format__(self, spec):
        p, _, s = spec.partition(",")
        return "(" + (s or ", ").join(format(x, p) for x in self.c) + ")"
    def __bytes__(self): return bytes(self.c)
print(f"{Vec(1, 2.5):.2f}", f"{Vec(1, 2):>3,;}", f"{Vec(1)}", bytes(Vec(65, 66)))
print(int, str, type, object, None, ..., NotImplemented, True, print.__name__, len, [].append.__name__, type(None), type(...), range, ValueError, repr(lambda: 0)[:22], type(len), type(lambda: 0), type([].append), type(A().__init__), type(A.__init__), type(print))
