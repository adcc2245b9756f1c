# Constructors: plain, with __new__, returning other types, failing half-way, subclasses of built-ins.
class P:
    def __init__(self, a, b=2):
        self.a = a
        self.b = b
        self.c = a + b


def run(n):
    t = 0
    for i in range(n):
        p = P(i) if i % 3 else P(i, b=i * 0.5)
        t += p.c
        if i == 80: P.__init__.__defaults__ = (100,)
    return t


print(run(120))


class Q:
    made = 0
    def __new__(cls, k):
        cls.made += 1
        if k % 10 == 9: return k
        if k % 10 == 8: return P(k)
        return super().__new__(cls)
    def __init__(self, k): self.k = k


def news(n):
    c = {}
    for i in range(n):
        o = Q(i)
        c[type(o).__name__] = c.get(type(o).__name__, 0) + 1
    return c, Q.made


print(news(100))


class Half:
    def __init__(self, i):
        self.x = i
        if i % 7 == 6: raise ValueError(self.__dict__)
        self.y = i * 2


def halves(n):
    t = 0
    for i in range(n):
        try:
            h = Half(i)
            t += h.y
        except ValueError as e:
            t += len(e.args[0]) * 1000
    return t


print(halves(90))


class L(list):
    def __init__(self, n):
        super().__init__(range(n))
        self.total = sum(self)


class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)


def builtin(n):
    t = 0
    for i in range(n):
        l = L(i % 5)
        l.append(i)
        t += l.total + len(l) + len(T(1, i, 3)) + T(i)[0]
    return t


print(builtin(80))


def returns(n):
    class R:
        def __init__(self, v): return v
    c = 0
    for i in range(n):
        try:
            R(None if i % 2 else i)
            c += 1
        except TypeError as e:
            c += 100
            text = str(e)
    return c, text


print(returns(70))


def changed(n):
    class K:
        def __init__(self): self.v = 1
    t = 0
    for i in range(n):
        o = K()
        t += getattr(o, 'v', 50)
        if i == 40: K.__init__ = lambda self: setattr(self, 'v', 2)
        if i == 60: del K.__init__
        if i == 80: K.__new__ = lambda cls: 7
    return t


print(changed(100))


def arguments(n):
    class Z: pass
    c = 0
    for i in range(n):
        try:
            Z(*range(i % 2))
        except TypeError as e:
            c += 1
            text = str(e)
        try:
            P(*range(i % 4))
        except TypeError as e:
            c += 100
    return c, text


print(arguments(80))
