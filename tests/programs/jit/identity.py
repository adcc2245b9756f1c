# is and is not on what has one object, and on what the program made itself.
def run(n):
    c = 0
    xs = [None, True, False, Ellipsis, NotImplemented]
    for i in range(n):
        x, y = xs[i % 5], xs[i * 2 % 5]
        c += (x is y) + (x is None) * 10 + (x is not None) * 100 + (x is True) * 1000 + (y is not False) * 10000
    return c


print(run(100))


def own(n):
    class P: pass
    a, b = P(), P()
    c = 0
    for i in range(n):
        x = a if i % 3 else b
        c += (x is a) + (x is not b) * 10 + ([x] is [x]) * 100 + (x is [x][0]) * 1000 + (x == a) * 10000
        if i == 60: b = a
    return c


print(own(90))


def same_value(n):
    c = 0
    for i in range(n):
        a = i
        b = a
        f = i * 0.5
        g = f
        s = str(i)
        c += (a is b) + (f is g) * 10 + (s is s) * 100 + ((a, b)[0] is a) * 1000
    return c


print(same_value(80))


def bools(n):
    c = 0
    for i in range(n):
        p = i > 40
        q = not p
        c += (p is True) + (q is True) * 10 + ((i == i) is True) * 100 + ((p and q) is False) * 1000 + (bool(i) is (i != 0)) * 10000
    return c


print(bools(90))


def sentinel(n):
    missing = object()
    d = {i: None for i in range(0, n, 2)}
    c = 0
    for i in range(n):
        v = d.get(i, missing)
        if v is missing: c += 1
        elif v is None: c += 1000
    return c


print(sentinel(100))


def types(n):
    c = 0
    for i in range(n):
        x = (1, 1.0, 'a', None, True, [])[i % 6]
        c += (type(x) is int) + (type(x) is float) * 10 + (type(x) is bool) * 100 + (type(x) is type(None)) * 1000 + (x.__class__ is list) * 10000
    return c


print(types(120))


def returned(n):
    def f(x): return x
    o = [0]
    c = 0
    for i in range(n):
        c += f(o) is o
        o = f([i])
        c += (f(None) is None) * 10
    return c


print(returned(70))


def methods(n):
    class A:
        def m(self): pass
        @staticmethod
        def s(): pass
    a = A()
    c = 0
    for i in range(n):
        c += (a.m is a.m) + (a.m == a.m) * 10 + (A.m is A.m) * 100 + (a.s is A.s) * 1000 + (a.m.__func__ is A.m) * 10000
    return c


print(methods(70))
