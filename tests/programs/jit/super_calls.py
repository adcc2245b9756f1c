# super() through several classes, in properties, class methods and constructors.
class A:
    def __init__(self, x): self.x = x
    def m(self, k): return self.x + k
    @property
    def p(self): return self.x * 2
    @classmethod
    def make(cls, x): return cls(x)


class B(A):
    def __init__(self, x):
        super().__init__(x + 1)
        self.y = x
    def m(self, k): return super().m(k) + self.y
    @property
    def p(self): return super().p + 1
    @classmethod
    def make(cls, x): return super().make(x * 2)


class C(A):
    def m(self, k): return super().m(k) * 10


class D(B, C):
    def m(self, k): return super().m(k) - 1


def run(n):
    t = 0
    for i in range(n):
        o = (A, B, C, D)[i % 4].make(i)
        t += o.m(1) + o.p
    return t


print(run(120), [D(1).m(2) for _ in range(60)][-1])


def change(n):
    d = D(1)
    t = 0
    for i in range(n):
        t += d.m(1)
        if i == 60: C.m = lambda self, k: 0
        if i == 80: d.x = 0.5
        if i == 90: d.__class__ = B
        if i == 100: A.m = lambda self, k: 1000
    return t


print(change(120))


class E:
    def f(self, n): return n
class F(E):
    def f(self, n):
        t = 0
        for i in range(n):
            t += super().f(i) + super(F, self).f(1)
        return t


print(F().f(100))


def missing(n):
    class X:
        def g(self): return super().g()
    c = 0
    for i in range(n):
        try:
            X().g()
        except AttributeError as e:
            c += 1
            text = str(e)
    return c, text


print(missing(70))


class Base:
    registry = []
    def __init_subclass__(cls, k=0):
        super().__init_subclass__()
        Base.registry.append(cls.__name__ + str(k))
    def __new__(cls, *a):
        o = super().__new__(cls)
        o.args = a
        return o


def classes(n):
    for i in range(n):
        T = type('T', (Base,), {'v': i}, k=i % 3)
        o = T(i)
    return len(Base.registry), Base.registry[-1], o.args, o.v


print(classes(70))
