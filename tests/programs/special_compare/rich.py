class A:
    def __init__(self, v): self.v = v
    def __eq__(self, o): print("eq", end=" "); return self.v == getattr(o, "v", o)
    def __lt__(self, o): print("lt", end=" "); return self.v < getattr(o, "v", o)
    def __le__(self, o): print("le", end=" "); return self.v <= getattr(o, "v", o)
    def __gt__(self, o): print("gt", end=" "); return self.v > getattr(o, "v", o)
    def __ge__(self, o): print("ge", end=" "); return self.v >= getattr(o, "v", o)
    def __repr__(self): return f"A{self.v}"
a, b = A(1), A(2)
print(a == b); print(a != b); print(a < b); print(a >= b); print(1 == a); print(5 > a); print(5 <= a); print(a == 1); print(a in [0, 5, 1]); print([a] == [b]); print([a, 5] < [A(1), 6]); print((a,) == (a,)); print(max(a, b)); print(min([b, a])); print(sorted([b, a, A(0)])); print([3, a, b].index(b)); print([a, b].count(A(1))); print({1: 2} == {1: a}); print(a == a, a is a); print(a < b < A(3))
try: hash(a)
except TypeError as e: print(e)
try: {a}
except TypeError as e: print(e)
print(A.__hash__)
class H(A):
    def __hash__(self): return hash(self.v)
print({H(1): "x"}.get(H(1))); print(len({H(1), H(1), H(2)}))
class S(A):
    def __lt__(self, o): print("S.lt", end=" "); return True
    def __gt__(self, o): print("S.gt", end=" "); return False
print(a < S(1)); print(a > S(1)); print(S(1) < a); print(a == S(1))
class NE:
    def __ne__(self, o): return "ne!"
print(NE() != 1, NE() == 1, NE() == NE(), 1 != NE())
class E:
    def __eq__(self, o): return True
e = E(); print(e != 1, e == None, None == e, e in [1], [1].index(e), [1, 2, 3].count(e), [e] == [5], (1, 2) == (e, e), e == float("nan"))
nan = float("nan"); print([nan] == [nan], nan in (nan,), (nan,) == (nan,), {nan: 1}.get(nan), [nan].index(nan), [nan].count(nan), [float("nan")] == [float("nan")], {1: nan} == {1: nan})
class Part:
    def __lt__(self, o): return NotImplemented
for f in (lambda: Part() < Part(), lambda: Part() < 1, lambda: 1 < Part(), lambda: object() < object(), lambda: Part() <= 1, lambda: [Part()] < [Part()], lambda: max(1, Part())):
    try: f()
    except TypeError as e: print(e)
class R:
    def __eq__(self, o): raise ValueError("cmp")
try: R() in [1]
except ValueError as e: print(e)
try: [R()] == [1]
except ValueError as e: print(e)
r = R(); print(r in [r], [r] == [r], [r].index(r))
