# Hot loops that call themselves through callbacks, comparisons, properties and generators.
def each(xs, f):
    for x in xs: f(x)


def run(n):
    t = 0
    def inner(y):
        nonlocal t
        t += y
    def outer(x):
        nonlocal t
        t += x
        each(range(x % 4), inner)
        if x % 10 == 9: each([x, x * 0.5], inner)
    each(range(n), outer)
    return t


print(run(100))


def fold(f, xs, acc):
    for x in xs: acc = f(acc, x)
    return acc


print(fold(lambda a, x: a + fold(lambda b, y: b + y, range(x % 5), 0), range(90), 0),
      fold(lambda a, x: a + [fold(max, range(x), -1)], range(70), [])[-3:],
      fold(lambda a, x: fold(lambda s, c: s + c, str(x), a), range(70), '')[-9:],
      fold(lambda a, x: a * 3 % (x + 1) + 0.5, range(80), 1))


class Tree:
    def __init__(self, v, kids=()): self.v, self.kids = v, kids
    def __iter__(self):
        yield self.v
        for k in self.kids: yield from k
    @property
    def size(self): return 1 + sum(k.size for k in self.kids)
    def __lt__(self, o): return sorted(self.kids) < sorted(o.kids) if self.v == o.v else self.v < o.v
    def __eq__(self, o): return self.v == o.v and list(self.kids) == list(o.kids)
    def __repr__(self): return '%d%s' % (self.v, list(self.kids) or '')


def make(d, k): return Tree(k % 7, [make(d - 1, k * 2 + i) for i in range(k % 3 + 1)] if d else ())


t = make(6, 5)
print(t.size, sum(t), max(t), make(3, 4), sorted([make(2, i) for i in range(12)])[:4])
print([make(2, i) == make(2, i + 21) for i in range(60)].count(True))


def until(f, limit):
    n = 0
    while n < limit and not f(n): n += 1
    return n


print(until(lambda n: until(lambda m: m * m >= n * 3, 20) > 15, 200), until(lambda n: n > 61.5, 100))


def apply(fs, x, depth):
    for f in fs:
        x = f(x) if depth == 0 else apply(fs[1:], f(x), depth - 1)
    return x


print(apply([lambda x: x + 1, lambda x: x * 3 % 101, lambda x: x - 0.5 if x > 50 else x], 7, 3))


def raising(k):
    def f(x):
        if x == 7: raise StopIteration(x)
        if x % 20 == 19: each(range(8), f)
    c = []
    for i in range(k):
        try:
            each(range(i), f)
        except StopIteration as s:
            c.append(i)
    return len(c), c[:3]


print(raising(70))
