# while conditions with and, or, not, walrus, calls and containers of changing truth.
def run(n):
    i = j = 0
    while i < n and (j < 500 or not i % 2) and not (i > 90 and j % 7 == 3):
        i += 1
        j += i % 5
    return i, j


print(run(50), run(200), run(1000))


def walrus(xs):
    t = 0
    it = iter(xs)
    while (x := next(it, None)) is not None:
        t += x
        if (y := x * 2) > 100: t -= y
    return t, x, y


print(walrus(range(80)), walrus([0.5] * 70 + [200]))


def containers(n):
    s, xs, d = 'x' * n, list(range(n)), dict.fromkeys(range(n))
    c = 0
    while s: s = s[1:]; c += 1
    while xs: xs.pop(); c += 1
    while d: d.popitem(); c += 1
    f = float(n)
    while f: f -= 1.0; c += 1
    big = 2 ** (n + 60)
    while big: big //= 2; c += 1
    return c


print(containers(75))


def values(n):
    out = []
    for i in range(n):
        x = (0, 1, '', 'a', None, [], [0], 0.0, -0.0, 2 ** 70, (), {1})[i % 12]
        out.append((x or 'or', x and 'and', not x, 1 if x else 2))
    return out[-12:]


for v in values(120): print(v)


def short(n):
    log = []
    def f(v):
        log.append(v)
        return v
    c = 0
    for i in range(n):
        if f(i % 2) and f(i % 3) or f(i % 5): c += 1
        r = f(0) or f('') or f(i % 4)
        if not (f(1) and r): c += 100
    return c, len(log)


print(short(60))


def counter(n):
    x = n
    while x > 0 or x < -5:
        x = x - 3 if x > 0 else x + 1
    y = n
    while not y <= 1:
        y = y // 2 if y % 2 == 0 else 3 * y + 1
    return x, y


print([counter(n) for n in range(1, 70, 9)])


def ternary(n):
    t = 0
    for i in range(n):
        t += (1 if i < 40 else 2 if i < 80 else 0.5) if i % 2 else -1
    return t


print(ternary(130))
