def t(v, l): print(l, end=" "); return v
print(t(0, "a") and t(1, "b")); print(t(1, "a") and t(2, "b")); print(t(0, "a") or t(2, "b")); print(t(3, "a") or t(2, "b"))
print(not t(0, "n"), not not t(5, "nn")); print(t(1, "x") < t(2, "y") < t(3, "z")); print(t(3, "x") < t(2, "y") < t(1, "z")); print(t(1, "a") == t(1, "b") != t(2, "c") is not t(None, "d"))
print(1 < 2 == True, (1 < 2) == True, 1 in [1] == True, (1 in [1]) == True, not 1 == 2, not (1 == 2), 1 < 3 > 2, 5 > 3 in [3], "a" in "abc" in ["abc"])
class B:
    def __init__(self, v): self.v = v
    def __bool__(self): print("bool", self.v, end=" "); return self.v
    def __repr__(self): return f"B{self.v}"
T, F = B(True), B(False)
print(T and F); print(F and T); print(T or F); print(F or T); print(not T); print(T and T and F or T); print("y" if F or T else "n")
if T and not F: print("branch")
while F or F: print("never")
print([x for x in (T, F) if x], bool(T), any([F, T, F]), all([T, F, T]))
class Ln:
    def __len__(self): return 0
class BadB:
    def __bool__(self): return 5
class BadL:
    def __len__(self): return -1
class StrL:
    def __len__(self): return "x"
class Big:
    def __len__(self): return 10 ** 30
for c in (Ln, BadB, BadL, StrL, Big):
    try: print(bool(c()))
    except (TypeError, ValueError, OverflowError) as e: print(type(e).__name__, e)
class Cmp:
    def __lt__(self, o): return [] if o else [1]
    def __eq__(self, o): return "eq"
    def __contains__(self, x): return x
print(Cmp() < 0, Cmp() < 1, Cmp() == 5, Cmp() != 5, 0 in Cmp(), "x" in Cmp(), "x" not in Cmp(), (Cmp() < 1) or "empty", Cmp() < 1 < 5, Cmp() < 0 < 5, Cmp() > Cmp())
x = None
print(x is None, x is not None, x == None, not x, x or "default", (x and x.foo), [] is not [], () == ())
n = 5
print(0 <= n < 10, 0 <= n <= 4, n in (1, 5) and n not in (2,), -1 < n - 5 < 1, n == 5.0 == 5, (n > 3) + (n > 4) + (n > 5))
assert True; assert 1, "msg"
for f in (lambda: 0, lambda: []):
    try:
        assert f(), ("not true", 5)
    except AssertionError as e: print(repr(e), e.args)
try: assert False
except AssertionError as e: print(repr(e), str(e) == "", e.args)
