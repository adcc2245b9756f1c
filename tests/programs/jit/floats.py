# -0.0, nan, inf and huge values through loops, boxes and comparisons.
import math
inf = float('inf'); nan = float('nan')
def loop(vals, n):
    s = 0.0; lt = eq = 0
    for i in range(n):
        v = vals[i % len(vals)]
        if v < 1.0: lt += 1
        if v == v: eq += 1
        s = s * 0.5 + v
    return s, lt, eq
print(loop([1.0, 2.5, -0.0, 3], 200))
print(loop([1.0, inf, 2.0], 200))
print(loop([1.0, nan, -inf], 200))
print(loop([1e300, -1e300, 1e308], 200))
def zero(n):
    z = 0.0
    out = []
    for i in range(n):
        z = -z
        if i % 50 == 0: out.append(math.copysign(1, z))
    return out, z
print(zero(301))
def acc(n):
    x = 1.5; r = []
    for i in range(n):
        x = x * 1.7
        if i % 40 == 0: r.append(x)
    return r, x
print(acc(1500))
def mixed(n):
    t = 0
    for i in range(n):
        t = t + (i if i % 2 else i * 0.5)
    return t
print(mixed(301))
def divide(n):
    t = 0.0; bad = 0
    for i in range(n):
        try:
            t += 10 / (i % 11)
        except ZeroDivisionError:
            bad += 1
    return t, bad
print(divide(300))
def powers(n):
    t = 0.0
    for i in range(n):
        t += (i + 0.5) ** 0.5 + (i + 1.0) ** -2
    return t
print(round(powers(300), 9))
