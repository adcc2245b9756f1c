# Dicts in hot loops: equal keys of different types, misses, deletes, key order, own hashes.
def counts(n):
    d = {}
    for i in range(n):
        k = (i % 5, float(i % 5), i % 2 == 0, str(i % 5), None)[i % 5]
        d[k] = d.get(k, 0) + 1
    return d


print(counts(200))


def misses(n):
    d = {i * 2: i for i in range(n)}
    hit = miss = 0
    for i in range(n * 2):
        try:
            hit += d[i]
        except KeyError as e:
            miss += e.args[0]
    return hit, miss


print(misses(100))


class K:
    def __init__(self, v): self.v = v
    def __hash__(self): return self.v % 4
    def __eq__(self, o): return isinstance(o, K) and self.v == o.v


def own(n):
    d = {}
    for i in range(n):
        d[K(i % 20)] = d.get(K((i + 1) % 20), 0) + 1
    return len(d), sum(d.values()), K(3) in d, K(30) in d, 3 in d


print(own(120))


def reorder(n):
    d = {}
    for i in range(n):
        d[i % 7] = i
        if i % 11 == 10: del d[i % 7]
        if i % 13 == 0: d.pop(3, None)
    return list(d.items())


print(reorder(150))


def unhashable(n):
    c = 0
    d = {(1, 2): 5}
    for i in range(n):
        try:
            c += d[(1, 2) if i % 3 else ([1], 2)]
        except TypeError as e:
            c += 1000
    return c


print(unhashable(90))


def merge(n):
    a = {'x': 0}
    for i in range(n):
        a = a | {'y%d' % (i % 5): i}
        a |= {'x': a['x'] + len(a)}
    return a


print(merge(80))


def default(n):
    class D(dict):
        def __missing__(self, k):
            self[k] = k * 2
            return 1
    d = D()
    return sum(d[i % 30] for i in range(n)), len(d)


print(default(100))


def strings(n):
    d = {}
    word = ''
    for i in range(n):
        word = (word + 'abc'[i % 3])[-3:]
        d.setdefault(word, []).append(i)
    return sorted((k, len(v), v[-1]) for k, v in d.items())


print(strings(100))
big = {2 ** 61 - 1: 'm', 0: 'zero', -1: 'a', -2: 'b', 2 ** 70: 'c'}
print([''.join(big.get(k, '?') for k in (0, 2 ** 61 - 1, -1, -2, 2 ** 70, 2.0 ** 70, -1.0, 0.0)) for _ in range(70)][-1])
