# Operators between user classes, their subclasses and built-in numbers: who is asked, and in what order.
log = []


class A:
    def __init__(self, v): self.v = v
    def __add__(self, o):
        log.append('a')
        return A(self.v + o.v) if isinstance(o, A) else NotImplemented
    def __radd__(self, o):
        log.append('r')
        return A(self.v + o)
    def __mul__(self, o): return self.v * o
    __rmul__ = __mul__
    def __lt__(self, o): return self.v < (o.v if isinstance(o, A) else o)
    def __neg__(self): return A(-self.v)
    def __abs__(self): return abs(self.v)


class B(A):
    def __radd__(self, o):
        log.append('b')
        return B(self.v * 100)


def run(xs, n):
    t = 0
    for i in range(n):
        x, y = xs[i % len(xs)], xs[(i * 2 + 1) % len(xs)]
        try:
            r = x + y
        except TypeError:
            log.append('e')
            r = 0
        t += r.v if isinstance(r, A) else r
        t += abs(-x) * 3
    text = ''.join(log)
    log.clear()
    return t, text[:12], {c: text.count(c) for c in 'arbe'}


print(run([A(1), A(2)], 80))
print(run([A(1), 5, B(3)], 90))
print(run([1, 2.5, B(1), A(0.5), True], 100))


def products(n):
    t = 0
    for i in range(n):
        t += A(i) * 2 + 3 * A(1) + A(0.5) * i
        t += (A(i) < 50) + (50 > A(i)) * 10 + (A(1) < A(i % 3)) * 100
    return t


print(products(100))


class I(int):
    def __add__(self, o): return I(int.__add__(self, o) + 1)
    def __eq__(self, o): return NotImplemented
    __hash__ = int.__hash__


def subclass(n):
    x = I(0)
    y = 0
    c = 0
    for i in range(n):
        x = x + 1
        y = y + x
        c += (x == int(x)) + isinstance(x, int) + (type(y) is int) * 10 + (type(y + x) is I) * 100
    return x, y, c


print(subclass(80))


class F(float):
    def __mul__(self, o): return 'f'


def floats(n):
    out = []
    for i in range(n):
        f = F(i)
        out.append((f * 2, 2 * f, f + 1, -f, f == i))
    return out[-1], len(set(out))


print(floats(70))


class S(str):
    def __add__(self, o): return S('<' + str.__add__(self, o) + '>')
    def __len__(self): return 3


def strings(n):
    s = S('a')
    t = 0
    for i in range(n):
        s = s + 'b' if i % 10 else S('c')
        t += len(s) + (s > 'b') * 10
    return s, t, str.__len__(s)


print(strings(75))
