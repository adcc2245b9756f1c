d = {}
for i in range(1000):
    d[i * 7 % 1000] = i
print(list(d)[:5], list(d)[-3:], len(d), d[7], d[993])
for i in range(0, 1000, 2):
    del d[i]
print(len(d), list(d)[:5], list(d)[-3:])
for i in range(0, 10, 2):
    d[i] = "again"
print(list(d)[-5:], len(d), d.popitem())
d["x"] = d.pop(1); print(list(d)[-2:])
d[3] = "changed"; print(list(d)[:4], d[3])
s = {str(i): i for i in range(500)}
print(s["499"], sum(s.values()), all(s[str(i)] == i for i in range(500)), list(s)[::100])
for i in range(495): s.pop(str(i))
print(s); s["0"] = 0; print(s)
keys = [0, -1, -2, 2 ** 61 - 1, 2 ** 61, -2 ** 61, 2 ** 64, 1.5, "a", b"a", (), (1,), None, True, False, ..., frozenset([1])]
m = {k: n for n, k in enumerate(keys)}
print(m, len(m), m[0], m[0.0], m[1.0] if 1.0 in m else "-")
class H:
    def __init__(self, v): self.v = v
    def __hash__(self): return 1
    def __eq__(self, o): return isinstance(o, H) and self.v == o.v
    def __repr__(self): return f"H{self.v}"
c = {H(i): i for i in range(20)}
print(c[H(13)], H(20) in c, len(c), c.pop(H(0)), list(c)[:3], {H(1), H(1), H(2)} == {H(2), H(1)})
n = 0
for cycle in range(50):
    t = {}
    for i in range(20): t[i] = i
    for i in range(20): del t[i]
    t["end"] = cycle
    n += len(t)
print(n, t)
