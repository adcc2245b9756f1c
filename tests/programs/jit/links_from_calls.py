# Loops in called functions: the caller's trace jumps to the loop's body from the frame that it has pushed.


def escape(cr, ci, limit):
    zr = zi = 0.0
    for n in range(limit):
        rr = zr * zr
        ii = zi * zi
        if rr + ii > 4.0:
            return n
        zi = 2.0 * zr * zi + ci
        zr = rr - ii + cr
    return limit


def grid(width, height, limit):
    total = 0
    for y in range(height):
        for x in range(width):
            total += escape(3.0 * x / width - 2.1, 2.4 * y / height - 1.2, limit)
    return total


print(grid(40, 30, 50))


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def twice(n):
    return collatz(n) + collatz(n + 1)


print(sum([twice(n) for n in range(1, 300)]))


# What the loop relies on changes from call to call.
def dot(xs, ys, scale):
    s = 0
    for i in range(len(xs)):
        s = s + xs[i] * ys[i] * scale
    return s


rows = [[1, 2, 3], [1.5, 2.5, 3.5], [True, False, True], [2**60, 2**61, 2**62], [], [7]]
for n in range(120):
    out = []
    for a in rows:
        for b in rows:
            if len(a) == len(b):
                out.append(dot(a, b, n % 3 if n < 100 else 0.5))
print(out)
print([dot([1] * k, [2] * k, 3) for k in range(12)])


class Poly:
    scale = 1

    def __init__(self, coefficients):
        self.c = coefficients
        self.norm = 0
        for c in coefficients:
            self.norm += c * c

    def at(self, x):
        s = 0
        for c in self.c:
            s = s * x + c * self.scale
        return s

    @property
    def total(self):
        s = 0
        for c in self.c:
            s += c
        return s


def polynomials(n):
    s = 0
    for i in range(n):
        p = Poly([1, i, 2, i % 5, 3])
        s += p.at(i % 7) + p.total + p.norm
        if i == n - 20:
            Poly.scale = 2
        if i == n - 10:
            p.scale = 3.5
            s += p.at(2)
    return s


print(polynomials(300))


# Exceptions in the loop, caught in the caller, below and above the pushed frame.
def find(items, x):
    for i, item in enumerate(items):
        if item == x:
            return i
    raise LookupError(x)


def strict(items):
    s = 0
    for x in items:
        s += 100 // x
    return s


def search(n):
    found, missing, zeros = 0, 0, 0
    items = list(range(0, 40, 3))
    for i in range(n):
        try:
            found += find(items, i % 50)
        except LookupError as e:
            missing += e.args[0]
        try:
            found += strict([1, 2, i % 11])
        except ZeroDivisionError:
            zeros += 1
    return found, missing, zeros


print(search(500))


# The argument is the loop's variable, a global function is replaced half-way, and loops run once or never.
def shift(v, n):
    on = v
    while n > 0:
        v, on = on + 1, v
        n -= 1
    return v + on


def step(i):
    return shift(i, i % 4)


def stepped(i):
    return -shift(i, 9)


def runs(n):
    global step
    s = 0
    for i in range(n):
        s += step(i)
        if i == n // 2:
            step = stepped
    return s


print(runs(400))


def recurse(depth, width):
    s = 0
    for i in range(width):
        if depth and i % 3 == 0:
            s += recurse(depth - 1, width)
        s += i ^ depth
    return s


print(recurse(4, 9))


def squares(n):
    i = 0
    while i < n:
        yield i * i
        i += 1


def consume(n):
    s = 0
    for k in range(n):
        for x in squares(k % 6):
            s += x
    return s


print(consume(400))


def overflow(x, n):
    for _ in range(n):
        x = x + x
    return x


print([overflow(k, k) for k in range(0, 90, 8)])
print(sum([overflow(1, 20 + k % 50) % 1000003 for k in range(300)]))
