# Dicts and sets whose keys' classes are the program's own, with __hash__ and __eq__: equal keys that are other objects, hashes
# that collide, classes that change, methods that raise or change the container.


class Key:
    def __init__(self, v):
        self.v = v

    def __eq__(self, o):
        return isinstance(o, Key) and self.v == o.v

    def __hash__(self):
        return hash(self.v)

    def __repr__(self):
        return f"Key({self.v})"


def same_objects(n):
    keys = [Key(i) for i in range(20)]
    d = {k: k.v for k in keys}
    total = 0
    for i in range(n):
        total += d[keys[i % 20]]
    return total


def equal_objects(n):
    d = {}
    for i in range(n):
        k = Key(i % 13)
        if k in d:
            d[k] += 1
        else:
            d[k] = 1
    return [(k.v, d[k]) for k in d]


def methods(n):
    d = {}
    out = [0, 0, 0]
    for i in range(n):
        k = Key(i % 11)
        out[0] += d.get(k, 1)
        if d.get(k) is None:
            out[1] += 1
        out[2] += d.setdefault(k, i)
        d.setdefault(Key(-5))
        if i % 7 == 6:
            out[2] += d.pop(Key(i % 11), 0)
        if i % 9 == 8:
            d[k] = i
    return out, sorted((k.v, type(v).__name__) for k, v in d.items())


def sets(n):
    s = set()
    out = 0
    for i in range(n):
        k = Key(i * i % 17)
        if k not in s:
            s.add(k)
            out += 1
        if i % 5 == 0:
            s.discard(Key(i % 17))
        if i % 31 == 30:
            for x in list(s):
                s.remove(Key(x.v))
    return out, sorted(k.v for k in s)


class Odd:
    def __init__(self, v, h):
        self.v = v
        self.h = h

    def __eq__(self, o):
        return self.v == o.v

    def __hash__(self):
        return self.h


def hashes(n):
    kinds = [0, 1, -1, -2, True, 2**61 - 2, 2**61 - 1, 2**61, -(2**61), 2**200, -(2**200), False]
    d = {}
    total = 0
    for i in range(n):
        k = Odd(i % 12, kinds[i % 12])
        total += hash(k) == hash(Odd(0, kinds[i % 12]))
        d[k] = d.get(k, 0) + 1
    return total, sorted(d.values())


def collisions(n):
    d = {}
    keys = [Odd(i, 7) for i in range(12)]
    for i in range(n):
        d[keys[i % 12]] = i
        if i % 12 == 5:
            del d[keys[i % 5]]
    return sorted((k.v, v) for k, v in d.items())


def not_an_int(n):
    k = Odd(1, 1)
    d = {k: 0}
    seen = 0
    for i in range(n):
        if i == n - 3:
            k.h = "no"
        try:
            d[k] += 1
        except TypeError as e:
            print("not_an_int", e)
            seen += 1
    return seen, [*d.values()]


def class_changes(n):
    class C:
        def __init__(self, v):
            self.v = v

        def __hash__(self):
            return self.v

        def __eq__(self, o):
            return self.v == o.v

    d = {C(1): "one", C(2): "two"}
    out = []
    for i in range(n):
        if i == n // 2:
            C.__hash__ = lambda self: 2
        if i == n // 2 + 3:
            C.__eq__ = lambda self, o: True
        if i == n // 2 + 6:
            C.__hash__ = lambda self: 1
        if i == n // 2 + 9:
            C.__hash__ = None
        try:
            r = d.get(C(1 + i % 2), "missing")
        except TypeError as e:
            r = str(e)
        if not out or out[-1] != r and i >= n // 2:
            out.append(r)
        if i == n // 2 + 12:
            del C.__hash__
            C.__eq__ = object.__eq__
    return out


def wrong_eq(n):
    class E(Odd):
        def __eq__(self, o):
            if o.v == 99:
                raise ValueError("cannot compare")
            return self.v == o.v

        __hash__ = Odd.__hash__

    d = {E(i, i % 3): i for i in range(9)}
    total = 0
    for i in range(n):
        v = 99 if i == n - 2 else i % 9
        total += d[E(v, v % 3)]
    return total


def missing(n):
    d = {Key(1): 1}
    n_missing = 0
    for i in range(n):
        try:
            n_missing += d[Key(i % 2)] - 1
        except KeyError as e:
            n_missing += 1
            last = e
    return n_missing, repr(last)


def changing(n):
    class Grow:
        def __init__(self, v):
            self.v = v

        def __hash__(self):
            return 3

        def __eq__(self, o):
            if len(d) < 40:
                d[len(d) + 100] = self.v
            return self.v == o.v

    d = {}
    for i in range(n):
        d[Grow(i % 4)] = i
    return len(d), [v for k, v in d.items() if isinstance(k, Grow)]


for f in (same_objects, equal_objects, methods, sets, hashes, collisions, not_an_int, class_changes, missing, changing):
    print(f.__name__, f(300))
    print(f.__name__, f(3000))

try:
    wrong_eq(300)
except ValueError as e:
    print("wrong_eq", e)
wrong_eq(3000)
