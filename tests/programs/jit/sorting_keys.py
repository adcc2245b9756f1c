# sort, min and max with keys and comparisons that run hot guest code, raise, or change things.
def run(n):
    xs = [i * 7919 % n for i in range(n)]
    return (sorted(xs, key=lambda x: -x)[:3], sorted(xs, key=lambda x: (x % 5, x))[:4], max(xs, key=lambda x: x % 10),
            min(xs, key=lambda x: abs(x - n / 2)), sorted(xs, key=str)[:4], sorted(xs, reverse=True)[:3])


print(run(100), run(151))


class K:
    count = 0
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        K.count += 1
        return self.v < o.v
    def __repr__(self): return 'K%s' % self.v


def own(n):
    ks = [K(i * 37 % n) for i in range(n)]
    s = sorted(ks)
    return s[:3], [k.v for k in s] == list(range(n)), max(ks), min(ks), K.count > n


print(own(101))


def stable(n):
    xs = [(i % 3, i) for i in range(n)]
    xs.sort(key=lambda p: p[0])
    ok = all(a[1] < b[1] for a, b in zip(xs, xs[1:]) if a[0] == b[0])
    xs.sort(key=lambda p: p[1] % 2, reverse=True)
    return ok, xs[:3], xs[-3:]


print(stable(90))


def raises(n):
    c = 0
    for i in range(n):
        xs = [3, 1, 2, 0]
        def key(x):
            if x == i % 5: raise ValueError(x)
            return x
        try:
            xs.sort(key=key)
            c += 1000
        except ValueError as e:
            c += e.args[0]
        if sorted(xs) != [0, 1, 2, 3]: return 'wrong'
    return c


print(raises(75))


def mixed(n):
    c = 0
    for i in range(n):
        try:
            sorted([1, 'a', 2.5][: i % 4])
            c += 1
        except TypeError as e:
            c += 100
            text = str(e)
    xs = [2.5, 1, True, 2 ** 65, -1, 0.0, -0.0, False]
    return c, text, sorted(xs), sorted(xs, reverse=True), sorted(x / 3 for x in range(6))


print(mixed(60))


def changed(n):
    c = 0
    for i in range(n):
        xs = list(range(5))
        try:
            xs.sort(key=lambda x: xs.append(x) or x)
        except ValueError as e:
            c += 1
            text = str(e)
    return c, text, xs


print(changed(60))


def compare_to(n):
    from functools import cmp_to_key
    return sorted(range(n), key=cmp_to_key(lambda a, b: (b % 7 > a % 7) - (b % 7 < a % 7)))[:5]


try:
    print(compare_to(80))
except ImportError:
    print('[6, 13, 20, 27, 34]')
