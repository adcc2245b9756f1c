# Comparisons and tests of ints beside the word's ends, with floats and bools among them.
xs = [0, 1, -1, 2 ** 60 - 1, 2 ** 60, -2 ** 60, -2 ** 60 - 1, 2 ** 63 - 1, 2 ** 63, -2 ** 63, 2 ** 64, True, False]
ys = xs + [0.0, -0.0, 1.0, 2.0 ** 60, -2.0 ** 60, 2.0 ** 63, 0.5, 1e300, float('inf')]


def table(a, b, n):
    c = [0] * 6
    k = 0
    for _ in range(n):
        for x in a:
            for y in b:
                k += 1
                c[0] += x < y
                c[1] += x <= y
                c[2] += x == y
                c[3] += x != y
                c[4] += x > y
                c[5] += x >= y
    return c, k


print(table(xs, xs, 2), table(xs, ys, 2), table(ys, ys, 2))


def signs(n):
    c = {}
    for i in range(n):
        x = xs[i % 13] * (1 if i % 2 else -1)
        k = 'neg' if x < 0 else 'zero' if not x else 'pos'
        c[k] = c.get(k, 0) + 1
    return c


print(signs(130))


def count_down(x):
    n = 0
    while x > 2 ** 60 - 40:
        x -= 1
        n += 1
    while x >= 2 ** 60 - 80 and x != 2 ** 60 - 77:
        x -= 1
        n += 1
    return n, 2 ** 60 - x


print(count_down(2 ** 60 + 40), count_down(2 ** 60 - 1))


def abs_neg(n):
    t = 0
    for i in range(n):
        x = -2 ** 60 + i - 30
        t += abs(x) - -x + (-x > 2 ** 60 - 1)
    return t


print(abs_neg(80))


def sums(a, b, n):
    out = set()
    for i in range(n):
        s = a + b
        d = a - b
        out.add((s, d, s - b == a, d + b == a))
        a, b = b, a
    return sorted(out)


print(sums(2 ** 60 - 1, 1, 60), sums(-2 ** 60, 1, 60), sums(2 ** 60, 2 ** 60 - 1, 60), sums(2 ** 62, -2 ** 62, 60), sep='\n')
