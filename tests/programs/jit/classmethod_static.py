# Class and static methods, called on classes and instances, replaced and inherited.
class A:
    n = 1
    @classmethod
    def c(cls, k): return cls.n + k
    @staticmethod
    def s(k): return k * 2
    def i(self, k): return self.c(k) + self.s(k)


class B(A):
    n = 10


def run(n):
    a, b = A(), B()
    t = 0
    for i in range(n):
        t += A.c(i) + B.c(1) + a.c(2) + b.c(i) + A.s(i) + b.s(1) + a.i(1) + b.i(i)
        if i == 60: B.n = 0.5
        if i == 80: A.c = classmethod(lambda cls, k: 1000)
        if i == 90: A.s = staticmethod(abs)
        if i == 100: B.c = lambda self_or_k, k=7: k
    return t


try:
    print(run(120))
except TypeError as e:
    print(e)


class Registry:
    items = {}
    @classmethod
    def add(cls, name, **kw):
        cls.items[name] = kw
        return len(cls.items)
    @classmethod
    def get(cls, name, default=None): return cls.items.get(name, default)


def registry(n):
    t = 0
    for i in range(n):
        t += Registry.add('k%d' % (i % 20), v=i)
        t += (Registry.get('k5') or {'v': -1})['v'] + len(Registry.get('none', ()))
    return t


print(registry(100))


class Temp:
    def __init__(self, d): self.d = d
    @classmethod
    def of(cls, x): return cls(x * 1.5)
    @classmethod
    def zero(cls): return cls.of(0)
    def __add__(self, o): return type(self)(self.d + o.d)


class Sub(Temp):
    def __init__(self, d): super().__init__(d + 1)


def factories(n):
    t = Temp.zero()
    s = Sub.zero()
    for i in range(n):
        t = t + Temp.of(i)
        s = s + Sub.of(1) if i % 2 else s + Temp(2)
    return t.d, s.d, type(s).__name__


print(factories(90))


def on_meta(n):
    class M(type):
        def m(cls): return cls.v
        def __call__(cls, *a):
            made.append(len(a))
            return super().__call__(*a)
    class X(metaclass=M):
        v = 3
        def __init__(self, *a): pass
    made = []
    t = 0
    for i in range(n):
        X(*range(i % 3))
        t += X.m()
        if i == 50: X.v = 4
        if i == 60: M.__call__ = lambda cls, *a: made.append(100)
    return t, sum(made)


print(on_meta(80))
