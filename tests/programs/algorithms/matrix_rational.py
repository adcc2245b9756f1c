class Frac:
    def __init__(self, n, d=1):
        if d == 0: raise ZeroDivisionError(f"Frac({n}, 0)")
        g = n; b = d
        while b: g, b = b, g % b
        self.n, self.d = n // g, d // g
        if self.d < 0: self.n, self.d = -self.n, -self.d
    def lift(o): return o if isinstance(o, Frac) else Frac(o) if isinstance(o, int) else NotImplemented
    def __add__(a, b):
        b = Frac.lift(b)
        return b if b is NotImplemented else Frac(a.n * b.d + b.n * a.d, a.d * b.d)
    __radd__ = __add__
    def __neg__(a): return Frac(-a.n, a.d)
    def __sub__(a, b): return a + -Frac.lift(b)
    def __rsub__(a, b): return -a + b
    def __mul__(a, b): b = Frac.lift(b); return Frac(a.n * b.n, a.d * b.d)
    __rmul__ = __mul__
    def __truediv__(a, b): b = Frac.lift(b); return Frac(a.n * b.d, a.d * b.n)
    def __rtruediv__(a, b): return Frac.lift(b) / a
    def __pow__(a, k): return Frac(a.n ** k, a.d ** k) if k >= 0 else Frac(a.d ** -k, a.n ** -k)
    def __eq__(a, b): b = Frac.lift(b); return (a.n, a.d) == (b.n, b.d) if isinstance(b, Frac) else False
    def __lt__(a, b): b = Frac.lift(b); return a.n * b.d < b.n * a.d
    def __le__(a, b): return a < b or a == b
    def __hash__(a): return hash((a.n, a.d))
    def __bool__(a): return a.n != 0
    def __float__(a): return a.n / a.d
    def __int__(a): return a.n // a.d
    def __repr__(a): return f"Frac({a.n}, {a.d})"
    def __str__(a): return str(a.n) if a.d == 1 else f"{a.n}/{a.d}"
    def __format__(a, s): return format(str(a), s)
    def __abs__(a): return Frac(abs(a.n), a.d)
a, b = Frac(1, 2), Frac(-3, 4)
print(a + b, a - b, a * b, a / b, a ** 3, b ** -2, a + 1, 1 + a, 2 - a, 3 * b, 1 / b, -a, abs(b), a < b, a >= b, a == Frac(2, 4), {a, Frac(2, 4)}, sorted([a, b, Frac(0), 1], key=float), sum([a, b, a]), max(a, b), bool(Frac(0)), float(b), int(b), f"{a:>6}|{b:*^9}|", [a], a == "x")
for f in (lambda: Frac(1, 0), lambda: a + "x", lambda: "x" + a, lambda: a + 1.5, lambda: a / 0):
    try: print(f())
    except (TypeError, ZeroDivisionError) as e: print(type(e).__name__, e)
def det(m):
    m = [[Frac(x) for x in r] for r in m]; d = Frac(1)
    for i in range(len(m)):
        p = next((r for r in range(i, len(m)) if m[r][i]), None)
        if p is None: return Frac(0)
        if p != i: m[i], m[p] = m[p], m[i]; d = -d
        d = d * m[i][i]
        for r in range(i + 1, len(m)):
            k = m[r][i] / m[i][i]; m[r] = [x - k * y for x, y in zip(m[r], m[i])]
    return d
print(det([[1, 2], [3, 4]]), det([[0, 1, 2], [1, 0, 3], [4, -3, 8]]), det([[1, 2], [2, 4]]), det([[1 if i == j else Frac(1, i + j + 1).d for j in range(5)] for i in range(5)]))
h = [sum((Frac(1, k) for k in range(1, n)), Frac(0)) for n in (2, 5, 20)]; print(*h, sep="; ")
