# get, setdefault, pop, update, items and comprehension results in hot loops, with defaults and errors.
def run(n):
    d = {}
    t = 0
    for i in range(n):
        k = i * 7 % 23
        t += d.get(k, 100) + d.setdefault(k, i)
        if i % 3 == 0: t -= d.pop(k, 5) + d.pop(99, 1)
        if i % 10 == 0: d.update({k: 1, 'a': i}, b=i)
        if 'a' in d and i % 15 == 0: del d['a']
    return t, len(d), list(d.items())[:4]


print(run(150))


def errors(n):
    seen = {}
    for i in range(n):
        d = {1: 2}
        try:
            if i % 5 == 0: d[5]
            elif i % 5 == 1: d.pop('x')
            elif i % 5 == 2: del d[(1, 2)]
            elif i % 5 == 3: {}.popitem()
            else: d[[1]] = 1
        except (KeyError, TypeError) as e:
            k = type(e).__name__ + ': ' + str(e)
            seen[k] = seen.get(k, 0) + 1
    return seen


for k, v in errors(75).items(): print(k, v)


def group(n):
    g = {}
    for i in range(n):
        g.setdefault(i % 7, []).append(i)
        g.setdefault((i % 2, i % 3), set()).add(i % 5)
    return [sum(v) for v in g.values()], len(g)


print(group(120))


def invert(n):
    d = {i: i % 9 for i in range(n)}
    inv = {v: k for k, v in d.items()}
    for _ in range(60):
        inv = {v: k for k, v in inv.items()}
    return inv, {k: v for k, v in d.items() if k % 40 == v}


print(invert(90))


def equal(n):
    c = 0
    a = {'x': 1, 'y': [2]}
    for i in range(n):
        b = {'y': [2 if i % 5 else 3], 'x': i % 3}
        c += (a == b) + (a != b) * 10 + (a | b == b | a) * 100
    return c


print(equal(90))


def lru(n, size):
    cache = {}
    hits = 0
    for i in range(n):
        k = i * i % 37
        if k in cache:
            hits += 1
            cache[k] = cache.pop(k)
        else:
            cache[k] = i
            if len(cache) > size: del cache[next(iter(cache))]
    return hits, list(cache)


print(lru(200, 8))


def nested(n):
    d = {}
    for i in range(n):
        e = d
        for ch in 'abc'[:i % 3 + 1] + str(i % 2):
            e = e.setdefault(ch, {})
        e['n'] = e.get('n', 0) + 1
    return d


print(nested(60))


def counting(n):
    class D(dict):
        def __setitem__(self, k, v): super().__setitem__(k, v * 2)
        def __contains__(self, k): return False
    a, b = D(), {}
    for i in range(n):
        x = (a, b)[i % 2]
        x[i % 5] = x.get(i % 5, 0) + 1 if i % 5 in x else 1
    return a, b


print(counting(70))
