# Comparisons with nan are false, in the condition and in its negation; identity is another matter.
nan = float('nan')
inf = float('inf')


def count(xs, n):
    c = [0] * 8
    for i in range(n):
        a = xs[i % len(xs)]
        b = xs[(i * 3 + 1) % len(xs)]
        if a < b: c[0] += 1
        if a <= b: c[1] += 1
        if a > b: c[2] += 1
        if a >= b: c[3] += 1
        if a == b: c[4] += 1
        if a != b: c[5] += 1
        if not a < b: c[6] += 1
        if not a == b: c[7] += 1
    return c


print(count([1.0, 2.0, 3.0], 99))
print(count([1.0, nan], 100))
print(count([nan, inf, -inf, 0.0, 1.5], 100))
print(count([nan, 1, 2.0, -3, True], 100))


def loop_until(n):
    x = 1.0
    i = 0
    while x < 1e308 * 10 and i < n:
        x = x * 3.0
        i += 1
    y = x - x
    j = 0
    while not y < 0 and j < 50:
        j += 1
    return x, y, i, j


print(loop_until(2000))


def members(n):
    xs = [1.0, nan]
    t = 0
    for i in range(n):
        t += (nan in xs) + (float('nan') in xs) * 10 + (xs == [1.0, nan]) * 100 + (xs.count(nan)) * 1000
    return t


print(members(80))


def minmax(n):
    out = []
    for i in range(n):
        out = [min(nan, 1.0), min(1.0, nan), max(nan, 1.0), max(1.0, nan), sorted([3.0, 1.0, 2.0])]
    return out


print(minmax(80))


def truth(n):
    t = 0
    for i in range(n):
        x = nan if i % 3 else 0.0
        t += 1 if x else 10
    return t


print(truth(90))
