a = [1]
a.append(a)
print(a, str(a), repr([a]), a[1][1][1][0])
d = {"k": a}
a.append(d)
d["self"] = d
print(a, d)
t = ([],)
t[0].append(t)
print(t, len(t[0]))
s = [[]] * 3
s[0].append(1)
print(s, s[0] is s[2])
class C:
    def __init__(self):
        self.items = [self]
    def __repr__(self):
        return f"C({self.items!r})" if len(self.items) < 1 else f"C({len(self.items)})"
print(C().items, [C(), (C(),), {"x": C()}])
m = [[0] * 3 for _ in range(2)]
m[0][1] = 5
print(m, [row[:] for row in m], [list(r) for r in zip(*m)], sum(m, []))
print([[], [[]], [[], [[]]]], [()], [{}], [{1}], [set()], [frozenset()], [range(3)], [None, True, ...], [b""], [int, print.__name__])
try:
    a == [1, a[1], d] and print("eq by identity")
    b = [1]; b.append(b); c = [1]; c.append(c)
    b == c
except RecursionError as e:
    print(type(e).__name__, e)
