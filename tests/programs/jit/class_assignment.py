# __class__ assigned in mid-loop: to objects in the loop, to others of the class, and back.
class A:
    def __init__(self, x): self.x = x
    def f(self): return self.x


class B:
    def f(self): return -self.x


class C(A):
    x2 = 5
    def f(self): return super().f() * self.x2


def run(o, n):
    t = 0
    out = []
    for i in range(n):
        t += o.f()
        if i % 40 == 39:
            o.__class__ = (B, C, A)[i // 40 % 3]
            out.append((t, type(o).__name__))
    return out


print(run(A(3), 400))


def many(n):
    os = [A(i) for i in range(10)]
    t = 0
    for i in range(n):
        o = os[i % 10]
        t += o.f()
        if i % 17 == 0:
            os[i * 7 % 10].__class__ = B if i % 2 else C
    return t, [type(o).__name__ for o in os]


print(many(300))


def refused(n):
    class S:
        __slots__ = ('x',)
    a = A(1)
    c = 0
    for i in range(n):
        try:
            a.__class__ = S if i % 2 else int
        except TypeError as e:
            c += len(str(e))
            a.x += 1
    return c > 0, a.x, a.f()


print(refused(100))


def self_change(n):
    class P:
        def step(self):
            self.__class__ = Q
            return 1
    class Q:
        def step(self):
            self.__class__ = P
            return 10
    o = P()
    t = 0
    for i in range(n):
        t += o.step() + isinstance(o, P) * 100
    return t


print(self_change(111))
