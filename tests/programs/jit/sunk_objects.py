# Objects that only exits see: they must be there, whole and the same, wherever a trace is left.


class Vec:
    __slots__ = ('x', 'y')

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, o):
        return Vec(self.x + o.x, self.y + o.y)

    def dot(self, o):
        return self.x * o.x + self.y * o.y

    def __repr__(self):
        return f'Vec({self.x}, {self.y})'


class Plain:
    def __init__(self, a, b):
        self.a = a
        if b > 40:
            self.extra = a
        self.b = b


class Late:
    pass


def adds(n):
    v = Vec(0.0, 0.5)
    total = 0.0
    for i in range(n):
        w = v + Vec(i, 0.25)
        if i % 7 == 3:
            total += w.dot(w)
        else:
            total -= w.x
    return total, w, v


def same_object(n):
    out = []
    for i in range(n):
        a = Vec(i, -i)
        b = a
        if i % 50 == 49:
            a.x = 'changed'
            out.append((a is b, b.x, a, b))
    return out[-2:], a is b


def huge(n):
    x = 1.5
    for i in range(n):
        t = (x, -x)
        v = Vec(x * 2.0, t)
        x = x * 1.75
        if x > 1e300:
            x = 1.0
    return t, v.x, v.y is t, v.y == t


def tuples(n):
    last = ()
    best = (0, 0)
    for i in range(n):
        pair = (i, i * i % 97)
        three = (pair[1], i, None)
        if three[0] > best[0]:
            best = (three[0], i)
        if i == n - 1:
            last = pair, three
    return best, last, pair, three


def half_made(n):
    seen = []
    for i in range(n):
        try:
            p = Plain(i, i % 60 if i % 90 != 89 else None)
        except TypeError as e:
            seen.append((i, p.a, p.b, type(e).__name__))
        else:
            if hasattr(p, 'extra') != (p.b > 40):
                seen.append('wrong')
    return seen, sorted(p.__dict__.items())


def grows(n):
    for i in range(n):
        o = Late()
        o.first = i
        if i & 3 == 3:
            o.second = -i
        o.third = (i, o.first)
    return sorted(o.__dict__.items())


def over_edge(n):
    prev = Vec(0, 0)
    hits = 0
    for i in range(n):
        cur = Vec(i, i & 6)
        if prev.y > cur.y:
            hits += 1
        if i % 97 == 96:
            hits += 1000 * (prev.x == i - 1)
        prev = cur
    return hits, prev


def kept(n):
    keep = []
    for i in range(n):
        v = Vec(i, 1)
        t = (v, i)
        if i % 61 == 60:
            keep.append(t)
    return [(a.x, b) for a, b in keep], [v is t[0], t[1]]


def swap(n):
    a, b = Vec(1, 2), Vec(3, 4)
    for i in range(n):
        a, b = Vec(b.x + 1, a.y), a
        if b.x > 1000:
            a = Vec(0, 0)
    return a, b, a is b


def deep(v, n):
    def inner(u):
        w = Vec(u.x + 1, u.y)
        if w.x % 64 == 0:
            return locals()
        return w.x
    out = []
    for i in range(n):
        r = inner(Vec(v + i, i))
        if isinstance(r, dict):
            out.append(sorted(k for k in r))
            u = r['w']
            out.append(repr(u))
    return out[:4], len(out), r


def raises(n):
    log = []
    for i in range(n):
        v = Vec(i, i % 5)
        try:
            x = 10 // v.y
        except ZeroDivisionError:
            v.y = 'zero'
            if i % 40 == 0:
                log.append(v)
    return log, v, x


def generated(n):
    def pairs():
        for i in range(n):
            v = Vec(i, -i)
            yield v.x + v.y, v
    total = 0
    for s, v in pairs():
        total += s + v.x
    return total, v


def main():
    print(adds(300))
    print(same_object(300))
    print(huge(900))
    print(tuples(400))
    print(half_made(400))
    print(grows(301), grows(304))
    print(over_edge(500))
    print(kept(300))
    print(swap(2500))
    print(deep(3, 300))
    print(raises(200))
    print(generated(300))


main()
