# Loops with float counters, float phis that swap, and floats kept in attributes and lists.
def integrate(n):
    x, h, s = 0.0, 1.0 / n, 0.0
    while x < 1.0:
        s += x * x * h
        x += h
    return s, x


print(integrate(300), integrate(64))


def swapping(n):
    a, b, c = 1.0, 2.5, -0.5
    for i in range(n):
        a, b, c = b, c, a + b * 0.25
        if c > 100.0: c -= 150.0
        elif c < -1e6: a, b = b, a
    return a, b, c


print([swapping(n) for n in (61, 62, 63, 200, 301)])


class V:
    def __init__(self, x, y): self.x, self.y = x, y
    def __add__(self, o): return V(self.x + o.x, self.y + o.y)
    def __mul__(self, k): return V(self.x * k, self.y * k)
    def norm(self): return (self.x * self.x + self.y * self.y) ** 0.5


def orbit(n):
    p, v = V(1.0, 0.0), V(0.0, 1)
    for i in range(n):
        r = p.norm()
        v = v + p * (-0.01 / (r * r * r))
        p = p + v * 0.01
    return round(p.x, 9), round(p.y, 9), round(v.norm(), 9)


print(orbit(300))


def in_lists(n):
    xs = [0.5] * 10
    for i in range(n):
        j = i % 10
        xs[j] = xs[j] * 1.1 + xs[j - 1]
        if i == 150: xs[3] = 7
    return [round(x, 6) for x in xs], type(xs[3]).__name__


print(in_lists(200), in_lists(152))


def newton(x):
    r = x
    for _ in range(100):
        n = 0.5 * (r + x / r)
        if n == r: break
        r = n
    return r


print([newton(float(x)) for x in range(1, 60, 7)], newton(2), newton(2 ** 80))


def branches(n):
    pos = neg = zero = 0
    x = 0.1
    for i in range(n):
        x = 3.9 * x * (1.0 - x)
        d = x - 0.5
        if d > 0: pos += 1
        elif d < 0: neg += 1
        else: zero += 1
        if -d > 0.4: neg += 1000
    return pos, neg, zero, x


print(branches(500))


def int_valued(n):
    c = 0
    for i in range(n):
        x = i * 0.25
        c += x.is_integer() + (x == int(x)) * 10 + (x % 1 == 0) * 100 + (int(x) // 1 == x // 1) * 1000
    return c


print(int_valued(100))
