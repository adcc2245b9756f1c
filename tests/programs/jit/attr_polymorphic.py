# One attribute and method site that sees many shapes and classes.
def cls(i):
    class K:
        if i % 2: val = i
        def __init__(self):
            for j in range(i % 3): setattr(self, 'f%d' % j, j)
            self.x = i
        def m(self): return self.x + i
    K.__name__ = 'K%d' % i
    return K


ks = [cls(i) for i in range(12)]


def run(os, n):
    t = 0
    for i in range(n):
        o = os[i % len(os)]
        t += o.x + o.m()
        o.x += 1
    return t


for k in (1, 2, 3, 4, 5, 8, 12):
    print(k, run([c() for c in ks[:k]], 30 * k))


def missing(os, n):
    t = 0
    for i in range(n):
        try:
            t += os[i % len(os)].val
        except AttributeError as e:
            t += 1000
    return t


print(missing([c() for c in ks], 120))


def late(n):
    os = [ks[0]()]
    t = 0
    for i in range(n):
        for o in os:
            t += o.m()
        if i % 20 == 19: os.append(ks[len(os) % 12]())
    return t, len(os)


print(late(150))


class Shape:
    def area(self): raise NotImplementedError
class Square(Shape):
    def __init__(self, s): self.s = s
    def area(self): return self.s * self.s
class Circle(Shape):
    def __init__(self, r): self.r = r
    def area(self): return 3 * self.r * self.r
class Unit(Square):
    def __init__(self): super().__init__(1)
class Odd(Shape): pass


def areas(n):
    xs = [Square(2), Circle(1.5), Unit(), Square(2 ** 31), Odd()]
    t = e = 0
    for i in range(n):
        try:
            t += xs[i % 5].area()
        except NotImplementedError:
            e += 1
    return t, e


print(areas(150))


def values(n):
    xs = [[1], (1, 2), 'abc', {1: 2}, {4}, range(5), b'xy', ks[0]()]
    t = 0
    for i in range(n):
        x = xs[i % 8]
        if hasattr(x, 'count'): t += x.count(1) if not isinstance(x, (str, bytes)) else x.count(x[:1])
        elif hasattr(x, '__len__'): t += len(x) * 10
        else: t += x.x * 1000 + 500
    return t


print(values(160))
