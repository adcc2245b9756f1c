class D(dict):
    def __missing__(self, k):
        self[k] = v = k * 2
        return v
d = D(a=1)
print(d["a"], d["b"], d[3], d, d.get("zz"), "zz" in d, len(d), type(d).__name__, isinstance(d, dict), d == {"a": 1, "b": "bb", 3: 6})
class Counter(dict):
    def __init__(self, it=()):
        super().__init__()
        for x in it: self[x] = self.get(x, 0) + 1
    def __setitem__(self, k, v):
        super().__setitem__(k, v)
        self.sets = getattr(self, "sets", 0) + 1
    def most(self):
        return sorted(self.items(), key=lambda p: (-p[1], p[0]))
c = Counter("mississippi")
print(c, c.most(), c.sets, c.copy(), type(c.copy()).__name__, {**c}, dict(c), c | {"z": 1}, type(c | {}).__name__)
class NoMissing(dict):
    def __getitem__(self, k): return "got " + str(k)
n = NoMissing(a=1); print(n["x"], n.get("x"), n.get("a"), list(n.values()), n)
class L(list):
    def __getitem__(self, i):
        return ("L", super().__getitem__(i))
    def append(self, x):
        super().append(x); super().append(x)
l = L([1, 2]); l.append(3); print(l, l[0], l[1:], [x for x in l], len(l), type(l + [1]).__name__, l == [1, 2, 3, 3], sum(l), L("ab"))
class I(int):
    def __add__(self, o): return I(int(self) + int(o) + 100)
    def __repr__(self): return f"I({int(self)})"
i = I(5); print(i, i + 1, 1 + i, i * 2, type(i * 2).__name__, i == 5, hash(i) == hash(5), [10, 20, 30, 40, 50, 60][i], {5: "x"}[i], str(i), f"{i}", "%d" % i, i.real, sum([i, 1]))
class F(float):
    def half(self): return F(self / 2)
print(F(3).half(), type(F(3) + 1).__name__, F("2.5"), F(1) == 1)
class S(set):
    def add(self, x): super().add(x * 2)
s = S([1]); s.add(5); print(sorted(s), s, type(s | {1}).__name__, S(), frozenset([1]), type(S([1]).copy()).__name__)
