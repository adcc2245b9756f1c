class Seq:
    def __init__(self, *d): self.d = list(d)
    def __len__(self): return len(self.d)
    def __getitem__(self, i): print("get", i, end=" "); return self.d[i]
    def __setitem__(self, i, v): print("set", i, v, end=" "); self.d[i] = v
    def __delitem__(self, i): print("del", i, end=" "); del self.d[i]
s = Seq(1, 2, 3)
print(len(s)); print(s[0], s[-1], s[1:]); s[0] = 9; del s[1]; print(s.d); print(list(s)); print(3 in s); print(5 in s); print([x for x in s]); print(bool(s), bool(Seq())); print(list(reversed(s))); a, b = s; print(a, b); print(*s); print(list(zip(s, "ab"))); print(sum(s), max(s), sorted(s), tuple(s), list(enumerate(s)))
class It:
    def __iter__(self): return iter([1, 2, 3])
print(2 in It(), 9 in It(), list(It()), [*It()], dict.fromkeys(It()), set(It()), max(It()), "-".join(map(str, It())))
class Co:
    def __contains__(self, x): return x == "magic"
print("magic" in Co(), "x" not in Co(), 1 in Co())
class NoIter:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * i
print(list(NoIter()), 4 in NoIter(), [*NoIter()], list(map(str, NoIter())), dict(enumerate(NoIter())))
class Blocked(It):
    __iter__ = None
    __contains__ = None
for f in (lambda: list(Blocked()), lambda: 1 in Blocked(), lambda: Co()[0], lambda: len(Co()), lambda: iter(Co()), lambda: reversed(It()), lambda: list(reversed(NoIter())), lambda: reversed({1}), lambda: Co().x, lambda: 1 in 5, lambda: 1 in Exception, lambda: It()[0]):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
try: It()[0] = 1
except TypeError as e: print(e)
try: del It()[0]
except TypeError as e: print(e)
class Rev:
    def __reversed__(self): return iter("cba")
    def __length_hint__(self): return 10
    def __missing__(self, k): return "miss"
print(list(reversed(Rev())))
class Matrix:
    def __init__(self, r, c): self.r, self.c, self.d = r, c, [0] * (r * c)
    def __getitem__(self, rc): return self.d[rc[0] * self.c + rc[1]]
    def __setitem__(self, rc, v): self.d[rc[0] * self.c + rc[1]] = v
    def __iter__(self):
        for i in range(self.r): yield [self[i, j] for j in range(self.c)]
m = Matrix(2, 2); m[0, 1] = 5; m[1, 0] += 3; print(list(m), m[0, 1])
class BadLen:
    def __len__(self): return self.v
for v in (-1, "a", 1.5, None, 2 ** 80, True):
    o = BadLen(); o.v = v
    try: print(len(o))
    except (TypeError, ValueError, OverflowError) as e: print(type(e).__name__, e)
