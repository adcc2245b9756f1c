# Ranges made in loops: their contents are known where they are used, and every way in which the arguments change.


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


def total(bounds):
    t = 0
    for stop in bounds:
        r = range(stop)
        for i in r:
            t += i
        t += len(r) + r.stop
    return t


print(total([3] * 30))
print(total([3, 0, -2, 5] * 10))
print(total([True, 4, False] * 12))


def between(pairs):
    kept = None
    t = 0
    for a, b in pairs:
        r = range(a, b)
        t = t * 3 % 1000003 + len(r)
        for i in r:
            t += i * (b - a)
        kept = r
    return t, kept


print(between([(2, 6)] * 25))
print(between([(2, 6), (6, 2), (-3, 1), (0, 0)] * 12))
top = (1 << 60) - 1
print(between([(top - 3, top)] * 20))
print(between([(1, 5)] * 20 + [(top - 2, top), (-top - 1, -top + 2)]))


def far(pairs):
    t = 0
    for a, b in pairs:
        r = range(a, b)
        t += (7 in r) + (b in r)
        t += r.start + r.stop + r.step
    return t


print(far([(-5, 7)] * 30 + [(-top, top), (-top - 1, top)]))
print(far([(1, 2)] * 30 + [(1 << 62, (1 << 62) + 3)] * 3))


def lengths(stops):
    out = []
    for s in stops:
        try:
            out.append(len(range(s)))
        except (TypeError, OverflowError) as e:
            out.append(type(e).__name__ + ": " + str(e))
    return out


print(lengths([4] * 20 + [Index(6), 1.5, "x", None, Index(1 << 20)] + [2] * 5)[-12:])


def shared(n):
    seen = []
    for k in range(n):
        r = range(k)
        seen.append(r)
        if k % 7 == 3:
            seen.append(list(r))
    return seen


print(shared(40)[-4:], shared(40)[5] == range(4))
real = range


def shadowed(n):
    t = 0
    for k in real(n):
        if k == n - 5:
            globals()["range"] = lambda *a: [10, 20]
        for i in range(k):
            t += i
    return t


print(shadowed(40))
