# Class attributes read through instance, class and subclass, and written in the loop.
class Base:
    limit = 10
    names = ('a', 'b')


class Sub(Base):
    pass


def run(n):
    s, b = Sub(), Base()
    t = 0
    out = []
    for i in range(n):
        t += s.limit + b.limit + Sub.limit + Base.limit
        if i == 60: Base.limit = 20
        if i == 90: Sub.limit = 1
        if i == 120: s.limit = 1000
        if i == 150: del Sub.limit
        if i == 180: del s.limit
        if i == 210: Base.limit = 2.5
        if i % 30 == 0:
            out.append(t)
    return out, t


print(run(240))


class Counter:
    count = 0
    def __init__(self):
        Counter.count += 1
        self.id = Counter.count


def make(n):
    cs = [Counter() for _ in range(n)]
    return Counter.count, sum(c.id for c in cs), cs[-1].id


print(make(100), make(50))


class Meta(type):
    total = 5
    def hello(cls): return cls.__name__ + str(cls.total)


class M(metaclass=Meta):
    pass


def meta(n):
    out = []
    for i in range(n):
        if i == 50: Meta.total = 6
        if i == 70: M.total = 7
        if i == 90: M.hello = lambda: 'own'
        out.append(M.hello())
    return [(x, out.count(x)) for x in sorted(set(out))]


print(meta(120))
