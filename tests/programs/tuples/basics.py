t = (1, "a", None)
print(t, (), (1,), 1, (1), len(t), t[0], t[-1], t[1:], t[::-1], t + (2,), t * 2, 2 * (0,), tuple(), tuple([1, 2]), tuple("ab"), tuple(x for x in range(3)))
print(t == (1, "a", None), (1, 2) < (1, 3), (1,) < (1, 0), () < (0,), (1, 2) == [1, 2], (1.0,) == (1,), "a" in t, t.index("a"), t.count(None), hash((1, 2)) == hash((1.0, 2.0)))
for f in (lambda: t[5], lambda: t["a"], lambda: t.index(9), lambda: t + [1], lambda: t + 1, lambda: hash(([],)), lambda: t.append(1), lambda: tuple(5), lambda: t * "a", lambda: t < (2, 3) < 5, lambda: (1, "a") < (1, 2), lambda: tuple(1, 2), lambda: t()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
try:
    t[0] = 1
except TypeError as e:
    print(e)
try:
    del t[0]
except TypeError as e:
    print(e)
x = ([1],)
try:
    x[0] += [2]
except TypeError as e:
    print(e, x)
a = 1, 2; b, = 3,; print(a, b); a, b = b, a; print(a, b)
print({(1, 2): "x"}[1, 2], {(): 0}, ((1, 2), (3, (4,))), (1, 2, *[3, 4], *()), tuple(t) is t, t[:] is t, sorted([(2, 1), (1, 2), (1, 1)]), max((1, 2), (1, 3)), min((), (0,)))
class P(tuple):
    def __new__(cls, x, y):
        return super().__new__(cls, (x, y))
    x = property(lambda s: s[0])
    def __add__(self, o):
        return P(self[0] + o[0], self[1] + o[1])
p = P(1, 2)
print(p, p.x, p + P(3, 4), type(p + p).__name__, p == (1, 2), hash(p) == hash((1, 2)), isinstance(p, tuple), p[1:], len(p), [*p])
def f(*a):
    return a
print(f(), f(1), f(*"ab"), type(f()).__name__, f(*p))
