# Dicts and sets of tuples of two, looked at with tuples made on the spot: numbers that are equal, nan, guests' objects, keys
# that are deleted, missing, replaced, and tuples that are kept.
nan = float("nan")


def grid(n):
    g = {}
    for y in range(n):
        for x in range(n):
            g[x, y] = x * 10 + y
    total = 0
    for k in range(3):
        for y in range(n):
            for x in range(n):
                total += g.get((x - 1, y), 5) + g.get((x, y + 1), 7) + g[(x, y)]
                if (x, y + k) in g:
                    total += 1
                if (y, x - k) not in g:
                    total += 100
    return total, len(g)


print(grid(9))


def kinds(n):
    values = [0, 1, True, False, 1.0, 0.0, -0.0, "a", "b", None, (1, 2), 1 << 70, float(1 << 70), 2.5, b"x", -1, -1.0, -2]
    d = {}
    s = set()
    out = []
    for k in range(n):
        a, b = values[k % len(values)], values[(k * 5 + 2) % len(values)]
        if (a, b) in d:
            out.append(d[a, b])
        else:
            d[a, b] = k
        if (b, a) not in s:
            s.add((b, a))
        out.append(d.get((b, a), "none"))
        out.append(d.get((b, a)))
    return out[-30:], len(d), len(s)


print(kinds(200))


def nans(n):
    d = {(nan, 1): "kept", (float("nan"), 2): "other"}
    out = []
    for k in range(n):
        out.append(((nan, 1) in d, (nan, 2) in d, d.get((nan, 1)), d.get((float("nan"), 1), "no")))
    return out[-1], len(out)


print(nans(30))


def missing(n):
    d = {(k, k): k for k in range(10)}
    out = []
    for k in range(n):
        try:
            out.append(d[k % 14, k % 14])
        except KeyError as e:
            out.append(str(e))
    return out[-14:]


print(missing(60))


class Key:
    def __init__(self, v):
        self.v = v

    def __eq__(self, other):
        return isinstance(other, Key) and self.v == other.v

    def __hash__(self):
        return hash(self.v)


class Pair(tuple):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash((1, 2))


class Like:
    def __eq__(self, other):
        return other == (3, 4)

    def __hash__(self):
        return hash((3, 4))


def guests(n):
    d = {(Key(1), 2): "key", Pair((8, 9)): "pair", Like(): "like"}
    s = {(Key(1), 2), Like()}
    out = []
    for k in range(n):
        out.append((d.get((Key(1), 2)), d.get((1, 2)), d.get((3, 4)), d.get((3, 5)), (Key(k % 3), 2) in s, (3, 4) in s))
    return out[-3:]


print(guests(30))


def changing(n):
    d = {(k, 0): k for k in range(20)}
    s = set(d)
    out = 0
    for k in range(n):
        x, y = k % 20, 0
        if k == n // 2:
            del d[7, 0]
            s.discard((7, 0))
        if k > n // 2 and k % 3 == 0:
            y = 0.0
        if k > n - 10:
            y = "z"
        t = (x, y)
        out += d.get(t, 1000) + (t in s) * 7
        if t in d:
            d[t] += 1
            out += d[t]
        if k % 50 == 49:
            d[t] = k
            s.add(t)
    return out, len(d), sorted(d.items(), key=str)[-3:]


print(changing(200))


def kept(n):
    d, seen, order = {}, set(), []
    for k in range(n):
        p = (k % 7, k % 5)
        if p not in seen:
            seen.add(p)
            order.append(p)
        d[p] = d.get(p, 0) + 1
    return order[-4:], sorted(d.items())[:4], len(seen)


print(kept(100))


class Counting(dict):
    def __missing__(self, key):
        return key[0] + key[1]


def subclass(n):
    c = Counting({(1, 1): 50})
    return sum(c[k % 3, 1] for k in range(n)), [c[k % 3, k % 2] for k in range(n)][-4:]


print(subclass(40))
