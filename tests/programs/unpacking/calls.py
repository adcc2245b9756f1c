def f(*a, **k): return a, k
print(f(*[1, 2], 3, *(4,), x=1, **{"y": 2}, **{"z": 3}), f(*"ab"), f(**{}), f(*{}, **{"a b": 1}), f(*range(2), *[]), f(1, *[2], k=3))
def g(a, b, c=3, *, d=4): return a, b, c, d
print(g(*[1, 2]), g(1, *[2], d=5), g(**{"a": 1, "b": 2}), g(1, **{"b": 2, "d": 0}), g(*(1, 2, 3), **dict(d=9)))
tests = [lambda: g(*[1]), lambda: g(*[1, 2, 3, 4]), lambda: g(1, **{"a": 2}), lambda: f(**{1: 2}), lambda: f(*5), lambda: f(**5), lambda: f(a=1, **{"a": 2}), lambda: g(1, 2, **{"q": 1}), lambda: f(**{"a": 1}, **{"a": 2}), lambda: g(*None), lambda: g(**[1]), lambda: f(1, *2), lambda: g(b=2, **{}), lambda: print(*5), lambda: print(**{"q": 1}), lambda: len(*[]), lambda: len(*[1, 2])]
for t in tests:
    try:
        print(t())
    except TypeError as e:
        print(e)
class M:
    def __init__(self): self.log = []
    def keys(self): return ["p", "q"]
    def __getitem__(self, k): return k * 2
print(f(**M()), {**{"a": 1}}, dict(**M()), dict(M()))
order = []
def t(v): order.append(v); return v
f(t(1), *t([2]), t(3), k=t(4), **t({"z": 5})); print(order); order.clear(); f(k=t("kw"), *t(["star"])); print(order)
print(max(*[3, 1, 2]), max([3, 1, 2]), min(*"hello"), "{} {}".format(*[1, 2]), "{a}".format(**{"a": 5}), print(*[1, 2, 3], sep="-", end="!\n"), list(map(f, *[[1, 2], [3, 4]])), list(zip(*[(1, 2), (3, 4)])))
def h(a, /, b, *, c): return a, b, c
print(h(1, 2, c=3), h(1, b=2, c=3), h(*[1], **{"b": 5, "c": 6}))
