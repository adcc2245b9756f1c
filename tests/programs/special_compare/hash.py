class K:
    def __init__(self, v): self.v = v
    def __hash__(self): return self.v % 3
    def __eq__(self, o): return isinstance(o, K) and self.v == o.v
    def __repr__(self): return f"K{self.v}"
d = {K(i): i for i in range(7)}
print(d, d[K(4)], K(9) in d, len({K(1), K(4), K(1)}), d.pop(K(0)), list(d)); del d[K(3)]; d[K(3)] = "new"; print(d)
class Str(str):
    def __hash__(self): return 5
    def __eq__(self, o): return str.__eq__(self, o)
print({Str("a"): 1}.get(Str("a")), hash(Str("x")))
class Bad:
    def __hash__(self): return "x"
class Big:
    def __hash__(self): return 2 ** 100
class Neg:
    def __hash__(self): return -1
class None_:
    __hash__ = None
class Raises:
    def __hash__(self): raise ValueError("hash!")
print(hash(Neg()), hash(-1), hash(-2), hash(0), hash(True), hash(5), hash(-5), hash(1.0), hash(2.0 ** 20), type(hash(Big())).__name__, hash(2 ** 20))
for f in (lambda: hash(Bad()), lambda: hash(None_()), lambda: {None_(): 1}, lambda: hash(Raises()), lambda: {Raises()}, lambda: {}.get(Raises()), lambda: hash([]), lambda: hash(({},)), lambda: hash(set()), lambda: hash(slice(1)) and 1, lambda: frozenset([[]]), lambda: {1: 2}[[]], lambda: [] in {1: 2}, lambda: {(1, []): 2}, lambda: hash(), lambda: hash(1, 2)):
    try: print(f())
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
class EqOnly:
    def __eq__(self, o): return True
class Child(EqOnly): pass
class Restore(EqOnly): __hash__ = object.__hash__
for c in (EqOnly, Child, Restore):
    try: hash(c()); print("ok")
    except TypeError as e: print(e)
class Mut:
    def __init__(self, v): self.v = v
    def __hash__(self): return self.v
    def __eq__(self, o): return self.v == o.v
m = Mut(1); s = {m}; m.v = 2; print(m in s, len(s), [x.v for x in s]); m.v = 1; print(m in s)
print(hash("a") == hash("a"), hash((1, "a")) == hash((1, "a")), hash(None) == hash(None), hash(frozenset("ab")) == hash(frozenset("ba")), hash(int) == hash(int), hash(print) == hash(print), hash(1) == hash(1.0) == hash(True), hash(b"x") == hash(b"x"), hash(range(2)) == hash(range(0, 2)), hash(...) == hash(...), hash("") == hash(b""))
class Chk:
    def __hash__(self): print("hash", end=" "); return 1
    def __eq__(self, o): print("eq", end=" "); return self is o
x, y = Chk(), Chk(); dd = {}; dd[x] = 1; print("|"); dd[y] = 2; print("|"); dd[x] = 3; print("|", len(dd)); x in dd; print("|"); dd.get(y); print("|"); del dd[x]; print("|", y in dd)
