# Calls deeper than a trace inlines, wide calls, and results that pass through many frames.
def f0(x): return x + 1
def f1(x): return f0(x) * 2
def f2(x): return f1(x) - 1
def f3(x): return f2(x) + f0(x)
def f4(x): return f3(x) ^ 5
def f5(x): return f4(x) + f2(x)
def f6(x): return f5(x) % 1000
def f7(x): return f6(x) + 0
def f8(x): return f7(x) - f1(x)
def f9(x): return f8(x) + f9b(x)
def f9b(x): return -x
def f10(x): return f9(x) * 3
def f11(x): return f10(x) + 1
def f12(x): return f11(x) + 1
def f13(x): return f12(x) + 1
def f14(x): return f13(x) + 1
def f15(x): return f14(x) + f0(x)


def run(n):
    t = 0
    for i in range(n):
        t += f15(i)
    return t


print(run(200))


def raises(x): raise ValueError(x) if x % 40 == 39 else KeyError(x)
def g0(x):
    if x % 10 == 9: raises(x)
    return x
def g1(x): return g0(x) + 1
def g2(x):
    try: return g1(x)
    except ValueError: return -1000
def g3(x): return g2(x) * 2
def g4(x): return g3(x) + g2(x)
def g5(x):
    try: return g4(x)
    except KeyError as e: return e.args[0]


def chained(n):
    t = 0
    for i in range(n):
        t += g5(i)
    return t


print(chained(200))


def wide(n):
    def h(a, b, c, d, e, f, g, i, j, k, l, m): return a + b * c - d + e * f - g + i * j - k + l * m
    t = 0
    for i in range(n):
        t += h(i, 2, i * 0.5, 3, i, i + 1, 7, -i, 2, i % 3, True, i // 2)
    return t


print(wide(120))


def many_locals(n):
    a = b = c = d = e = f = g = h = 0
    p = q = r = s = 0.5
    for i in range(n):
        a += i; b += a; c ^= b; d -= c; e += d & 255; f = e + a; g = f % 97; h += g
        p += a * 0.5; q = p - q; r = r * 0.5 + q; s = s + r
        if i % 50 == 49: a, b, p, q = b, a, q, p
    return a, b, c, d, e, f, g, h, p, q, r, s


print(many_locals(160))


class Chain:
    def __init__(self, n): self.n = n
    def inc(self):
        self.n += 1
        return self
    def twice(self): return self.inc().inc()
    def four(self): return self.twice().twice()
    def value(self): return self.four().four().n


print(sum(Chain(i).value() for i in range(100)))
print([(lambda a: (lambda b: (lambda c: a + b * c)(3))(2))(i) for i in range(100)][-1])
