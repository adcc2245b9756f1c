# Squares, square roots and absolute values of floats, as operators and functions: also where they raise, overflow, or are nan.
import math
def f(xs):
    t = 0.0
    for x in xs:
        t += x ** 2 + math.sqrt(abs(x)) + (x * x + 1) ** 0.5 + abs(x) + (-x) ** 2.0
    return t
def g(n):
    t = 0.0
    for i in range(n):
        t += math.sqrt(i)
    return t
print(f([i * 0.25 - 50 for i in range(400)] * 20))
print(g(5000))
def h(v):
    try:
        r = []
        for x in v:
            r.append(x ** 2)
        return r[-3:]
    except OverflowError as e:
        return type(e).__name__, len(r)
v = [i * 1.5 for i in range(3000)]
print(h(v), h(v + [1e200]), h(v + [float('inf')]), h(v + [float('nan')]), h(v + [-0.0]))
def k(v):
    try:
        n = 0
        for x in v:
            n += 1
            y = math.sqrt(x)
        return y
    except ValueError as e:
        return str(e), n
print(k(v), k(v + [-1.0]), k(v+[float('inf')]), k(v+[-0.0]), k(v + [float('nan')]), k(list(range(3000)) + [2**53+1, 2**70]), k(list(range(3000)) + [-1]))
def s(v):
    n = 0
    for x in v:
        n += 1
        y = x ** 0.5
    return y
print(s(v[1:] + [0.0]), s(v[1:] + [-0.0]), s(v[1:] + [float('inf')]), s(v[1:] + [float('nan')]))
