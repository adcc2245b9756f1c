# Cells rebound by the loop, by inner functions and by other closures over them.
def counter():
    n = 0
    def up(k=1):
        nonlocal n
        n += k
        return n
    def get(): return n
    def put(v):
        nonlocal n
        n = v
    return up, get, put


def run(k):
    up, get, put = counter()
    t = 0
    for i in range(k):
        t += up() + get()
        if i == 60: put(0.5)
        if i == 90: put(2 ** 60 - 3)
        if i == 120: put(True)
    return t, get()


print(run(150))


def loop_variable(n):
    fs = []
    t = 0
    for i in range(n):
        def f(): return i
        t += f()
        if i % 20 == 0: fs.append(f)
    return t, [f() for f in fs]


print(loop_variable(100))


def rebound(n):
    x = 1
    def f(): return x
    t = 0
    for i in range(n):
        t += f()
        x = i if i % 2 else x + 1
        if i == 80: x = 'abc'; t += len(f()); x = 5
    return t


print(rebound(120))


def deleted(n):
    x = 0
    def f(): return x
    c = e = 0
    for i in range(n):
        x = i
        if i % 5 == 0: del x
        try:
            c += f()
        except NameError as err:
            e += 1
            text = str(err)
        try:
            c += x
        except UnboundLocalError as err:
            e += 100
    return c, e, text


print(deleted(90))


def maker(n):
    def make(k):
        total = k
        def add(v):
            nonlocal total
            total += v
            return total
        return add
    fs = [make(i) for i in range(5)]
    t = 0
    for i in range(n):
        t += fs[i % 5](i)
        if i % 33 == 32: fs[i % 5] = make(i * 0.5)
    return t


print(maker(150))


def deep(n):
    a = 1
    def f():
        b = a + 1
        def g():
            nonlocal a, b
            a += 1
            b += a
            def h(): return a + b
            return h()
        return g() + b
    return sum(f() for _ in range(n)), a


print(deep(70))


def shared(n):
    log = []
    def outer():
        for i in range(n):
            yield lambda: i
    t = 0
    prev = None
    for f in outer():
        t += f()
        if prev: t += prev() * 1000
        prev = f
    return t


print(shared(60))


class Cell:
    def method(self, n):
        t = 0
        for i in range(n):
            t += (lambda: __class__.__name__)().__len__() + (lambda s: s is self)(self)
        return t


print(Cell().method(70))
