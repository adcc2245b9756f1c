# Attributes of `__slots__` that are deleted and set again, while loops know that objects of the shape have them.
class P:
    __slots__ = ('x', 'y')

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def sum(self): return self.x + self.y


class Q(P):
    __slots__ = ('z',)

    def __getattr__(self, name): return 1000


class Plain:
    def __init__(self, x): self.x = x


def run(ps, n):
    t = e = 0
    for i in range(n):
        p = ps[i % len(ps)]
        try:
            t += p.x + p.sum()
        except AttributeError as err:
            e += 1
            text = str(err)
        if i == 60: del ps[1].x
        if i == 90: ps[1].x = 5
        if i == 110: drop(ps[2])
    return t, e, text


def drop(p): del p.y


print(run([P(1, 2), P(3, 4), P(5, 6)], 150))
print(run([P(1, 2), P(3, 4), P(5, 6)], 150))


def fallback(n):
    t = 0
    q = Q(1, 2)
    for i in range(n):
        q.z = i
        t += q.x + q.z
        if i % 9 == 8: del q.x
        t += q.x
        if i % 9 == 8: q.x = i
        if i > 70:
            del q.z
            t += q.z
    return t


print(fallback(100))


def by_native(n):
    t = e = 0
    p = P(1, 2)
    for i in range(n):
        t += p.x
        try:
            (delattr if i in (50, 51) else getattr)(p, 'x')
            t += p.x * 100
        except AttributeError:
            e += 1
            p.x = 7
    return t, e


print(by_native(80))


def plain(n):
    t = e = 0
    p = Plain(2)
    for i in range(n):
        try:
            t += p.x
            if i == 50: del p.x
            t += p.x * 100
        except AttributeError:
            e += 1
            p.x = 3
    return t, e


print(plain(80))


def made(n):
    out = []
    for i in range(n):
        p = P(i, i + 1)
        if i > 60: del p.y
        try:
            out.append(p.x + p.y)
        except AttributeError:
            out.append(-1)
    return sum(out), out[-1]


print(made(90))
