# for over zip, enumerate, reversed, map, filter, iter(callable), dict views and chains of them.
def run(n):
    xs, ys = list(range(n)), [i * 0.5 for i in range(n - 20)]
    t = 0
    for i, (x, y) in enumerate(zip(xs, ys)):
        t += i * x - y
    for a, b, c in zip(xs, reversed(xs), range(5, 500, 3)):
        t += a * b - c
    for i, x in enumerate(reversed(ys), 1000):
        t += i - x
    for x in map(lambda a, b: a * b, xs, ys): t += x
    for x in filter(None, [i % 3 for i in range(n)]): t += x
    for x in filter(lambda v: v > 50, xs): t -= x
    return t


print(run(100))


def strict(n):
    c = 0
    for i in range(n):
        try:
            for a, b in zip(range(i % 5), range(3), strict=True): c += a * b
        except ValueError as e:
            c += 1000
            text = str(e)
    return c, text


print(strict(75))


def sentinel(n):
    k = 0
    def f():
        nonlocal k
        k += 1
        return k % 50
    return [len(list(iter(f, i % 20))) for i in range(n)][-5:], k


print(sentinel(20))


def views(n):
    d = {i: str(i) for i in range(n)}
    t = 0
    for k, v in d.items(): t += k + len(v)
    for k in d.keys(): t += k
    for v in d.values(): t += int(v)
    for k in reversed(d): t = (t * 3 + k) % 1000003
    for (i, (k, v)) in enumerate(d.items()): t += i - k
    return t, len(d.keys() & range(10)), sorted(d.items(), key=lambda kv: kv[1])[:3]


print(views(100))


class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        self.n -= 1
        if self.n < 0: raise StopIteration
        return self.n


class Seq:
    def __getitem__(self, i):
        if i > 60: raise IndexError
        return i * 2


def own(n):
    t = 0
    for x in It(n): t += x
    for x in Seq(): t += x
    for i, x in enumerate(It(n)): t += i * x
    for a, b in zip(Seq(), It(n)): t += a - b
    return t, 70 in It(80), sum(It(20)), list(It(5)), max(Seq()), [*Seq()][-1]


print(own(90))


def changes(n):
    class N:
        def __init__(self): self.i = 0
        def __iter__(self): return self
        def __next__(self):
            self.i += 1
            return self.i
    t = 0
    def stop(self): raise StopIteration
    for x in N():
        t += x
        if x == 60: N.__next__ = lambda self: 0.5
        if x == 0.5 and t > 1850: N.__next__ = stop
    return t


print(changes(0))


def exhausted(n):
    z = zip(range(n), it := iter(range(n * 2)))
    c = sum(1 for _ in z)
    return c, next(it), next(z, 'end'), list(z), next(it, 'e')


print(exhausted(70))
