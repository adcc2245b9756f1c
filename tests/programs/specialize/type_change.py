def add(a, b): return a + b
for _ in range(200): add(1, 2)
print(add(1.5, 2), add("a", "b"), add([1], [2]), add(2 ** 70, 1), add(True, 1), add((1,), (2,)), add(1, 2.5))
for _ in range(200): add(1.5, 2.5)
print(add(1, 2), add("x", "y"), add(1.0, 2))
def cmp(a, b): return a < b, a == b, a is b
for _ in range(200): cmp(1, 2)
print(cmp(1.0, 2), cmp("a", "b"), cmp([1], [2]), cmp(float("nan"), 1), cmp(2 ** 70, 2 ** 70), cmp(True, 1))
def idx(c, i): return c[i]
for _ in range(200): idx([1, 2, 3], 1)
print(idx((1, 2), 0), idx("abc", -1), idx({1: "d"}, 1), idx(range(10), 5), idx(b"ab", 0), idx([1, 2], True), idx([1, 2], -2), idx([1, 2, 3], slice(0, 2)))
for c, i, in (([1], 5), ({}, "k"), (5, 0), ("a", 1), ([1], "x"), (None, 0)):
    try: idx(c, i)
    except Exception as e: print(type(e).__name__, e)
def st(c, i, v): c[i] = v; return c
for _ in range(200): st([1, 2], 0, 5)
print(st({}, "k", 1), st([1, 2, 3], slice(0, 2), []), st([1], -1, 9))
def call(f, *a): return f(*a)
for _ in range(200): call(len, "abc")
class C:
    def __init__(self, v=0): self.v = v
    def __call__(self, x): return self.v + x
    def m(self, x): return self.v * x
print(call(C, 5).v, call(C(1), 2), call(C(3).m, 4), call(lambda x: x, "l"), call(max, 1, 2), call(str.upper, "a"), call(C.m, C(2), 5), call("a-b".split, "-"), call(print), call(int, "5"), call(type, 5))
def loop(n):
    t = 0
    for x in n: t = t + x
    return t
for _ in range(50): loop(range(10))
print(loop([1, 2]), loop((1.5, 2)), loop({1: 0, 2: 0}), loop(x for x in range(4)), loop({5}), loop(b"ab"), loop([10 ** 20] * 3), loop(iter([1])))
def unp(p): a, b = p; return b, a
for _ in range(200): unp((1, 2))
print(unp([1, 2]), unp("ab"), unp({1: 2, 3: 4}), unp(iter("xy")), unp(range(2)))
def truth(x): return "T" if x else "F"
for _ in range(200): truth(True)
print([truth(x) for x in (0, 1, "", "a", [], [0], None, 0.0, -0.5, 2 ** 70, C(), {}, {0}, range(0), b"")])
def contains(x, c): return x in c
for _ in range(200): contains(1, {1, 2})
print(contains(1, [1]), contains("a", "abc"), contains("k", {"k": 1}), contains(3, range(5)), contains(97, b"a"), contains(2, (x for x in [1, 2])))
