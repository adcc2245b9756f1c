class V:
    def __init__(self, *v): self.v = list(v)
    def __iadd__(self, o): self.v += o; return self
    def __isub__(self, o): return "replaced"
    def __imul__(self, o): return NotImplemented
    def __mul__(self, o): return V(*[x * o for x in self.v])
    def __itruediv__(self, o): return NotImplemented
    def __repr__(self): return f"V{self.v}"
a = b = V(1, 2); a += [3]; print(a, b, a is b); a *= 2; print(a, b); b -= 1; print(b)
try: a /= 2
except TypeError as e: print(e)
try: a %= 2
except TypeError as e: print(e)
class Full:
    def __init__(self): self.log = []
for name in ("iadd", "isub", "imul", "itruediv", "ifloordiv", "imod", "ipow", "ilshift", "irshift", "iand", "ior", "ixor", "imatmul"):
    def f(self, o, name=name): self.log.append((name, o)); return self
    setattr(Full, f"__{name}__", f)
x = Full(); x += 1; x -= 2; x *= 3; x /= 4; x //= 5; x %= 6; x **= 7; x <<= 8; x >>= 9; x &= 10; x |= 11; x ^= 12; x @= 13; print(x.log)
class C: n = 5
c = C(); c.n += 1; print(c.n, C.n); d = {"k": [1]}; d["k"] += [2]; d["k"] *= 2; print(d)
l = [1, 2, 3]; l[0] += 10; l[-1] **= 2; l[1:] += [4]; print(l); i = 0
def idx(): global i; i += 1; return 0
l[idx()] += 1; print(l, i); t = (1,); u = t; t += (2,); print(t, u); s = "a"; s2 = s; s += "b"; s *= 2; print(s, s2); f1 = frozenset([1]); f2 = f1; f1 |= {2}; print(f1, f2)
st = {1}; st2 = st; st |= {2}; st -= {1}; print(st2, st is st2); z = 5; z += 1.5; z //= 2; print(z); n = 10 ** 18; n *= 100; n += 1; print(n)
for src in ("i", "l", "d"):
    try:
        if src == "i": q = 1; q += "a"
        elif src == "l": q = [1]; q += 5
        else: q = {}; q["zz"] += 1
    except (TypeError, KeyError) as e: print(type(e).__name__, e)
q = [1]; q += "ab"; q += {"k": 1}; q += (x for x in range(2)); print(q)
try: q = q + "ab"
except TypeError as e: print(e)
class Cnt:
    def __init__(self): self.d = {}
    def __getitem__(self, k): print("get", k); return self.d.get(k, 0)
    def __setitem__(self, k, v): print("set", k, v); self.d[k] = v
    def __getattr__(self, k): print("getattr", k); return 7
m = Cnt(); m["a"] += 1; m["a"] += 1; m.attr += 1; print(m.attr, m.d)
