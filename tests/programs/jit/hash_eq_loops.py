# Keys with own __eq__ and __hash__ that count, raise or lie, in dicts, sets and lists that are hot.
class K:
    eqs = hashes = 0
    def __init__(self, v): self.v = v
    def __eq__(self, o):
        K.eqs += 1
        return isinstance(o, K) and self.v == o.v
    def __hash__(self):
        K.hashes += 1
        return self.v % 8


def run(n):
    d = {}
    for i in range(n):
        d[K(i % 12)] = i
    hit = sum(1 for i in range(n) if K(i) in d)
    return len(d), hit, K.hashes, K.eqs > n


print(run(80))


class Bad:
    def __hash__(self): return 1
    def __eq__(self, o):
        Bad.n += 1
        if Bad.n % 10 == 0: raise ZeroDivisionError
        return False
    n = 0


def raising(n):
    s = {Bad()}
    c = 0
    for i in range(n):
        try:
            c += Bad() in s
        except ZeroDivisionError:
            c += 100
    xs = [Bad()]
    for i in range(n):
        try:
            c += xs.count(Bad()) + (Bad() in xs)
        except ZeroDivisionError:
            c += 10000
    return c


print(raising(80))


class Mut:
    def __hash__(self): return 5
    def __eq__(self, o):
        d.clear()
        return True


def mutating(n):
    global d
    c = 0
    for i in range(n):
        d = {Mut(): i}
        c += d.get(Mut(), 1000)
    return c


print(mutating(60))


def tuples(n):
    d = {}
    for i in range(n):
        k = (i % 3, (i % 2, str(i % 4)), None)
        d[k] = d.get(k, 0) + 1
    return len(d), sorted(d.values()), (1, (1, '1'), None) in d, (1, (1, 1), None) in d


print(tuples(120))


def floats(n):
    d = {0: 'z', 1: 'o', 0.5: 'h', float('inf'): 'i', 2 ** 60: 'b', -1: 'm'}
    out = ''
    for i in range(n):
        out += d.get((0.0, -0.0, True, 1.0, 1 / 2, 1e400, 2.0 ** 60, -1.0, 0.25)[i % 9], '.')
    return out[:18], len(out)


print(floats(90))


def strings(n):
    d = {}
    for i in range(n):
        s = 'k' + str(i % 6)
        d[s] = d.get(s, '') + 'x'
        if s == 'k3' and len(d[s]) > 5: del d[s]
    return d


print(strings(100))


def changed(n):
    class H:
        def __hash__(self): return 1
    h = H()
    s = {h: 1}
    c = 0
    for i in range(n):
        try:
            c += s.get(h, 100)
        except TypeError:
            c += 9
        if i == 50: H.__hash__ = lambda self: 2
        if i == 70: H.__hash__ = None
        try:
            c += hash(h)
        except TypeError:
            c += 5000
    try:
        s.get(h)
    except TypeError as e:
        return c, 'unhashable' in str(e)


print(changed(90))
