# Loops long enough for side traces of side traces: many branches with rare ones among them.
def run(n):
    a = b = c = d = 0
    for i in range(n):
        if i % 2: a += 1
        elif i % 3: b += i
        elif i % 5: c += i & 7
        elif i % 7: d -= 1
        elif i % 11: a += 100; b -= 1
        elif i % 13: c += 0.5
        else: d = d * 3 % 1000 + i
    return a, b, c, d


print(run(5000))


def states(n):
    s, t = 0, 0
    trail = []
    for i in range(n):
        x = (i * 1103515245 + 12345) >> 8 & 255
        if s == 0:
            if x < 100: s = 1
            elif x > 250: s = 3
        elif s == 1:
            t += x
            if x & 1: s = 2
        elif s == 2:
            t -= x // 3
            if x > 200: s = 0
            elif x < 5: s = 3
        else:
            trail.append(i)
            s = 0
    return s, t, trail[:5], len(trail)


print(states(4000))


class A:
    def f(self, x): return x + 1
class B(A):
    def f(self, x): return x * 2 % 1009
class C(A):
    def f(self, x): return super().f(x) - 2 if x > 10 else x + 5
class D:
    def __init__(self): self.calls = 0
    def f(self, x): self.calls += 1; return x ^ self.calls % 4


def poly(n):
    os = [A(), B(), C(), D()]
    x = 1
    for i in range(n):
        x = os[(i * 7 + i // 50) % 4].f(x)
    return x, os[3].calls


print(poly(3000))


def rare(n):
    t = 0
    xs = list(range(64))
    for i in range(n):
        try:
            t += xs[i % 67 if i % 100 == 99 else i % 64]
        except IndexError:
            t += 100000
        if i % 701 == 700: t = float(t)
        if i % 997 == 996: t = int(t)
        if i % 1009 == 1008: xs = [x + 0.5 for x in xs]
    return t


print(rare(4000))


def inner_trips(n):
    t = 0
    for i in range(n):
        j = i % 23
        while j > 0:
            t += j if j % 3 else -j
            j -= 1 if j % 4 else 2
        for k in range((i >> 3) % 5): t ^= k
    return t


print(inner_trips(700))


def hailstones(n):
    best = at = 0
    for i in range(1, n):
        x, c = i, 0
        while x != 1:
            if x & 1: x = 3 * x + 1
            else: x >>= 1
            c += 1
        if c > best: best, at = c, i
    return best, at


print(hailstones(400))
