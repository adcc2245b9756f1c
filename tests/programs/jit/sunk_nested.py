# Objects in objects that only exits need: tuples in tuples, instances in instances, both ways, in states that differ, twice in
# one, in themselves, around a loop, and left with exceptions.


class V:
    def __init__(self, x, y):
        self.x = x
        self.y = y


class Ray:
    def __init__(self, at, to):
        self.at = at
        self.to = to
        self.n = 0


class E:
    pass


def tuples(n):
    last = None
    for i in range(n):
        last = ((i, i + 1), (i, (2, i)))
    return last


def instances(n):
    r = None
    for i in range(n):
        r = Ray(V(i, i + 0.5), V(i, 3))
        r.n = r.at.x + r.to.y
    return r.at.x, r.at.y, r.to.x, r.n


def shared(n):
    r = p = None
    for i in range(n):
        v = V(i, i)
        r = Ray(v, v)
        p = (v, r, v)
        v.x = i + 1
    return r.at is r.to, r.at.x, p[0] is r.at, p[1] is r, p[2].x


def changed(n):
    out = []
    for i in range(n):
        v = V(i, 0)
        r = Ray(v, None)
        if i % 40 == 39:
            out.append((r.at.x, r.at.y, r.to))
        v.y = 7
        r.to = v
        if i % 50 == 49:
            out.append((r.at.y, r.to is r.at))
        v.x = v.y + 1
    return out, r.to.x


def itself(n):
    for i in range(n):
        r = Ray(None, None)
        r.at = r
        s = Ray(r, None)
        t = Ray(s, None)
        s.to = t
    return r.at is r, s.at is r, s.to.at is s


def deep(n):
    x = None
    for i in range(n):
        x = (((((((i,),), 1), 2), 3), 4), 5)
        y = V(V(V(V(V(i, 1), 2), 3), 4), 5)
    return x, y.x.x.x.x.x


def carried(n):
    p = (V(0, 0), V(1, 1))
    for i in range(n):
        a, b = p
        p = (V(b.x, a.y + i), V(a.x + 1, b.y))
    return p[0].x, p[0].y, p[1].x, p[1].y


def chain(n):
    b = None
    r = Ray(V(0, 0), V(1, 1))
    for i in range(n):
        b = r
        r = Ray(b.to, V(i, b.at.x))
    return r.at is b.to, r.at.x, r.to.y, b.at.x


def two(n, stop):
    r = s = v = None
    for i in range(n):
        v = V(i, (i, (i,)))
        r = Ray(v, ((v, i), 1))
        s = Ray(v, r)
        if i == stop:
            break
    return r.at is s.at, s.to is r, r.to[0][0] is v, v is s.at, v.y[1], r.to[0][1]


def list_of(n):
    head = None
    for i in range(n):
        head = (i, head)
    t = 0
    while head is not None:
        t = (t * 3 + head[0]) % 1000003
        head = head[1]
    return t


def swapped(n):
    a, b = V(1, V(2, 3)), V(4, V(5, 6))
    for i in range(n):
        a, b = b, V(a.x + i, V(a.y.x, b.y))
    return a.x, a.y.x, b.x, b.y.x, b.y.y is a.y


def kept_first(n):
    first = last = None
    for i in range(n):
        v = V(i, (i, i))
        if first is None:
            first = (v, v.y)
        last = (v, v.y)
    return first[0].x, first[1] is first[0].y, last[0].x, last[1] is last[0].y, first[0] is last[0]


def raises(n):
    seen = []
    for i in range(n):
        pair = (V(i, i), (i, V(i, -i)))
        try:
            if i % 30 == 29:
                raise ValueError(i)
            seen_last = pair
        except ValueError:
            seen.append((pair[0].x, pair[1][1].y))
    return seen, seen_last[1][1].y


def escapes(n):
    kept = []
    for i in range(n):
        v = V(i, i)
        t = (v, (v, i))
        if i % 25 == 0:
            kept.append(t)
        if i % 33 == 0:
            kept.append((t[1], v))
    return [(a[0].x if type(a) is tuple else 0, (b.x if type(b) is V else b[1])) for a, b in kept]


def methods(n):
    for i in range(n):
        v = Ray(i, 1)
        m = v.go
        p = (m, v)
    return p[0]() == i, p[0].__self__ is p[1]


Ray.go = lambda self: self.at


def empties(n):
    for i in range(n):
        e = E()
        t = (e, (e, E()))
    return t[0] is t[1][0], t[0] is t[1][1], type(t[1][1]).__name__


def sides(n):
    t = 0
    for i in range(n):
        p = (V(i, 1), (V(2, i), i))
        if i % 2:
            t += p[0].x
        elif i % 3:
            t += p[1][0].y
        else:
            q = (p, p[1])
            t += q[0][1][1] + q[1][0].x
        if t % 7 == 3:
            p = (p[1][0], (p[0], t))
        t += p[1][1]
    return t, p[0].x, p[1][0].y


def main():
    print(tuples(100), instances(100), shared(100))
    print(changed(200), itself(100), deep(100), carried(100))
    print(chain(100), two(100, 1000), two(100, 77), two(1, 0), list_of(200), swapped(100), kept_first(100), kept_first(1))
    print(raises(200), escapes(120), methods(100), empties(100), sides(300))


main()
