# Recursion over nested lists, tuples and dicts, that builds, changes and compares them.
def depth(x): return 1 + max(map(depth, x), default=0) if isinstance(x, list) else 0
def nest(n): return [] if n == 0 else [nest(n - 1), n, nest(n // 2)]


t = nest(9)
print(depth(t), depth([[[]], 1]), len(str(t)))


def total(x):
    if isinstance(x, dict): return sum(total(k) + total(v) for k, v in x.items())
    if isinstance(x, (list, tuple)):
        s = 0
        for y in x: s += total(y)
        return s
    return x if not isinstance(x, str) else len(x)


print(total(t), total({1: [2, (3.5, 'abc')], 'k': {2: {3: [4] * 50}}}))


def clone(x):
    if isinstance(x, list): return [clone(y) for y in x]
    if isinstance(x, dict): return {k: clone(v) for k, v in x.items()}
    return x


def check(n):
    a = {'l': nest(6), 'd': {'x': [1, 2]}}
    b = a
    for i in range(n):
        b = clone(b)
        if b != a or b is a or b['l'] is a['l']: return 'wrong'
    b['d']['x'].append(3)
    return a == b, a['d'], b['d']


print(check(30))


def merge_sort(xs):
    if len(xs) < 2: return xs
    m = len(xs) // 2
    a, b = merge_sort(xs[:m]), merge_sort(xs[m:])
    out, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        if a[i] <= b[j]: out.append(a[i]); i += 1
        else: out.append(b[j]); j += 1
    return out + a[i:] + b[j:]


print(merge_sort([i * 73 % 97 for i in range(97)])[:10], merge_sort([x / 4 if x % 3 else x for x in range(40, 0, -1)])[:6],
      merge_sort(list('recursive')))


def combos(xs, k):
    if k == 0: return [()]
    return [(xs[i],) + c for i in range(len(xs)) for c in combos(xs[i + 1:], k - 1)]


print(len(combos('abcdefgh', 4)), combos([1, 2.0, 'x'], 2))


def fill(grid, r, c, k):
    if not (0 <= r < len(grid) and 0 <= c < len(grid[0])) or grid[r][c] != 0: return 0
    grid[r][c] = k
    return 1 + sum(fill(grid, r + d, c + e, k) for d, e in ((0, 1), (1, 0), (0, -1), (-1, 0)))


g = [[1 if (i * j) % 5 == 2 else 0 for j in range(14)] for i in range(14)]
k = 1
sizes = []
for i in range(14):
    for j in range(14):
        s = fill(g, i, j, k + 1)
        if s: k += 1; sizes.append(s)
print(sizes)


def subst(e, env):
    if isinstance(e, str): return env.get(e, e)
    if isinstance(e, tuple): return tuple(subst(x, env) for x in e)
    return e


e = ('+', ('*', 'x', 2), ('-', 'y', ('x', 'y')))
for i in range(60): r = subst(e, {'x': i, 'y': i * 0.5} if i % 3 else {'x': ('z', 'y')})
print(r, subst(r, {'z': 0, '+': 'add'}))
