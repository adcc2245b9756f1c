# min, max, abs, int and float of numbers in loops: which argument comes back, nan and -0.0, borders, types that change.
nan = float("nan")
inf = float("inf")


def extremes(values):
    out = []
    for k in range(len(values) - 1):
        a, b = values[k], values[k + 1]
        out.append((min(a, b), max(a, b), min(b, a), max(b, a)))
    return out


print(extremes([3, 1, 4, 1, 5, -9, 2, 6, 5, 3, 5] * 3)[-10:])
print(extremes([0.5, -0.5, 0.25, 1e300, -1e300, 2.0] * 4)[-6:])
print(extremes([0.0, -0.0, 0.0, -0.0, nan, 1.0, nan, nan, inf, -inf, nan] * 3))
print(extremes([1, 1.0, True, 2.0, 2, False, 0, 0.0, -0.0] * 3)[-9:])
print(extremes([1 << 60, (1 << 60) - 1, 1 << 70, -(1 << 60), 5] * 4)[-5:])
print(extremes(["b", "a", "ab", "", "c"] * 4)[-5:])
print(extremes([(1, 2), (1,), (2, 0)] * 4)[-3:])


def same(n):
    a, b = 1.5, 1.5
    hits = 0
    for k in range(n):
        x, y = a + k, b + k
        hits += (min(x, y) is x) + (max(x, y) is x) * 10
        p, q = 10 ** 20 + k, 10 ** 20 + k
        hits += (min(p, q) is p) * 100 + (float(x) is x) * 1000 + (int(p) is p) * 10000
    return hits


print(same(20))


def magnitudes(values):
    out = []
    for v in values:
        out.append(abs(v))
    return out


print(magnitudes([5, -5, 0, 7, -(1 << 60), (1 << 60) - 1, -(1 << 59)] * 4)[-7:])
print(magnitudes([0.0, -0.0, 1.5, -1.5, -inf, nan, 1e-320] * 4)[-7:])
print(magnitudes([True, False, -3, -2.5, 1 << 80, -(1 << 80), 3 + 0.0] * 4)[-7:])


def clamp(x, low, high):
    return max(low, min(high, x))


def clamped(n):
    total = 0
    share = 0.0
    for k in range(n):
        total += clamp(k * 7 % 50 - 10, 0, 25)
        share += clamp(k / 10 - 2, 0.0, 1.0)
    return total, share


print(clamped(100))


def converted(values):
    out = []
    for v in values:
        out.append((int(v), float(v)))
    return out


print(converted([1, 2.5, -2.5, True, -0.0, 1e15, -1e17, (1 << 60) - 1, 3] * 3)[-9:])
print(converted([0.1 * k for k in range(-30, 30)])[::7])
print(converted(["12", " 7 ", "-3"] * 5)[-3:])
for bad in (nan, inf, -inf, "x", None, []):
    try:
        converted([1.5] * 20 + [bad])
    except (ValueError, OverflowError, TypeError) as e:
        print(type(e).__name__, e)
for big in (1e18, 1.5e18, 9.3e18, 1e300, -1e18, 1152921504606846976.0):
    print(converted([2.25] * 20 + [big])[-1])


class Number:
    def __init__(self, v):
        self.v = v

    def __int__(self):
        return self.v

    def __float__(self):
        return self.v + 0.5

    def __abs__(self):
        return self.v + 100

    def __lt__(self, other):
        return self.v < other.v

    def __gt__(self, other):
        return self.v > other.v

    def __repr__(self):
        return f"N{self.v}"


print(converted([1.5] * 15 + [Number(3)] * 6)[-2:])
print(magnitudes([-1.5] * 15 + [Number(3)] * 6)[-2:])
print(extremes([Number(k % 3) for k in range(20)])[-3:])


class Int(int):
    def __int__(self):
        return 77

    def __abs__(self):
        return 78


print(converted([1] * 15 + [Int(3)] * 6)[-1], magnitudes([-1] * 15 + [Int(-3)] * 6)[-1])


def shadowed(n):
    global abs
    out = 0
    for k in range(n):
        out += abs(-k)
        if k == n // 2:
            abs = lambda x: 1000
    return out


print(shadowed(40))
