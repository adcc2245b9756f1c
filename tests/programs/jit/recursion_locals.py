# Locals and arguments of frames under a recursive call keep their values, of every kind.
def f(n, x, y, z=None):
    if n == 0:
        return x, y, z
    a, b, c = x + 1, y * 0.5, (x, y)
    r = f(n - 1, a, b, c)
    d = a + x
    if (a, b, c) != (x + 1, y * 0.5, (x, y)):
        return 'wrong'
    return r if n % 2 else (r[0] + d, r[1] + b, c)


print([f(n, n, n + 0.5) for n in range(0, 40, 7)])
print(f(30, 2 ** 60 - 15, -0.0))


def args(n, *a, k=0, **kw):
    if n == 0: return a, k, sorted(kw.items())
    r = args(n - 1, *a, n, k=k + len(kw), **{**kw, 'x%d' % n: n})
    return r


print(args(4))
print([len(args(n)[0]) for n in range(30)][-1])


def perms(xs):
    if len(xs) <= 1: return [xs]
    return [[xs[i]] + p for i in range(len(xs)) for p in perms(xs[:i] + xs[i + 1:])]


print(len(perms([1, 2, 3, 4, 5])), perms([1, 2, 3, 4])[17])


def queens(n, row=0, cols=(), out=None):
    if out is None: out = []
    if row == n:
        out.append(cols)
        return out
    for c in range(n):
        if all(c != k and abs(c - k) != row - r for r, k in enumerate(cols)):
            queens(n, row + 1, cols + (c,), out)
    return out


print(len(queens(6)), queens(6)[0])


def subsets(xs, i=0, acc=()):
    if i == len(xs):
        return 1 if sum(acc) == 10 else 0
    return subsets(xs, i + 1, acc) + subsets(xs, i + 1, acc + (xs[i],))


print(subsets([1, 2, 3, 4, 5, 6, 7, 8]))


def loops(n):
    t = 0
    for i in range(n):
        for j in range(2):
            t += loops(n - 2) + i * j
    return t + n


print([loops(n) for n in range(9)])


def memo(n, m={}):
    if n in m: return m[n]
    r = n if n < 2 else memo(n - 1) + memo(n - 2)
    m[n] = r
    return r


print(memo(95))
