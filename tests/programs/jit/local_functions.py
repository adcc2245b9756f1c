# Functions and classes made anew on every iteration, and called while hot.
def run(n):
    t = 0
    for i in range(n):
        def f(x, k=i): return x + k
        def g(x): return f(x) * 2
        t += f(1) + g(i) + (lambda v: v - i)(3)
        if i % 40 == 39:
            f = abs
            t += g(-5)
    return t


print(run(130))


def classes(n):
    t = 0
    for i in range(n):
        class A:
            k = i
            def m(self): return self.k + i
        class B(A):
            def m(self): return super().m() * 2
        t += A().m() + B().m() + B.k
        if i % 30 == 0: t += len(B.__mro__)
    return t


print(classes(90))


def decorated(n):
    def twice(f):
        def w(*a): return f(f(*a))
        return w
    @twice
    def inc(x): return x + 1
    t = 0
    for i in range(n):
        t = inc(t)
        if i == 60: inc = twice(inc)
        if i == 80: inc = inc.__closure__[0].cell_contents
    return t


print(decorated(100))


def compose(n):
    fs = [lambda x: x + 1, lambda x: x * 2, lambda x: x - 0.5, lambda x: x ** 2 % 101, float, int, abs]
    x = 1
    for i in range(n):
        x = fs[i % 7](x)
        if i % 11 == 0: x = fs[i % 3](fs[(i + 1) % 3](x))
    return x


print(compose(70), compose(200))


def cache(f):
    memo = {}
    def g(*a):
        if a not in memo: memo[a] = f(*a)
        return memo[a]
    g.memo = memo
    return g


@cache
def paths(a, b): return 1 if a == 0 or b == 0 else paths(a - 1, b) + paths(a, b - 1)


print(paths(18, 18), len(paths.memo))


def recursion_local(n):
    def fact(k): return 1 if k < 2 else k * fact(k - 1)
    def even(k): return k == 0 or odd(k - 1)
    def odd(k): return k != 0 and even(k - 1)
    return sum(fact(i % 10) for i in range(n)), [even(i) for i in range(5)], even(n)


print(recursion_local(90), recursion_local(91)[2])


def currying(n):
    def add(a):
        def add2(b):
            def add3(c): return a + b + c
            return add3
        return add2
    return sum(add(i)(i * 0.5)(1) for i in range(n)), sum(map(add(1)(2), range(n)))


print(currying(80))


def attributes(n):
    def f(): return f.v
    f.v = 1
    t = 0
    for i in range(n):
        t += f()
        f.v = i if i < 60 else i * 0.5
        if i == 80: f.__dict__.clear(); f.v = 2
    return t, f.__name__, f.__dict__


print(attributes(100))
