# Properties and other descriptors that come, change and go while they are used.
class P:
    def __init__(self): self.raw = 1
    @property
    def v(self): return self.raw * 2


def run(n):
    p = P()
    p.__dict__['v'] = 1000
    t = 0
    out = []
    for i in range(n):
        t += p.v
        if i == 60: P.v = property(lambda self: self.raw * 3)
        if i == 90: P.v = 7
        if i == 120: del P.v
        if i == 150: P.v = property(lambda self: 5)
        if i == 180: p.raw = 2.5
        if i % 30 == 29: out.append(t)
    return out


print(run(210))


class NonData:
    def __get__(self, o, t): return 11 if o is None else o.n


class Data(NonData):
    def __set__(self, o, x): o.n = x * 2


class H:
    a = NonData()
    b = Data()
    def __init__(self): self.n = 3


def descriptors(n):
    h = H()
    t = 0
    for i in range(n):
        t += h.a + h.b + H.a
        if i == 50: h.a = 100
        if i == 70: h.b = 50
        if i == 90: NonData.__get__ = lambda self, o, t: 1
        if i == 110: Data.__set__ = lambda self, o, x: None
        if i == 115: h.b = 9999
    return t, h.n


print(descriptors(140))


class Setter:
    @property
    def x(self): return self._x
    @x.setter
    def x(self, v):
        if v < 0: raise ValueError('negative: %d' % v)
        self._x = v


def setters(n):
    s = Setter()
    bad = 0
    for i in range(n):
        try:
            s.x = 50 - i
        except ValueError as e:
            bad += 1
            last = str(e)
    return s.x, bad, last


print(setters(100))


def read_only(n):
    class P:
        @property
        def v(self): return 1
    p = P()
    c = 0
    for i in range(n):
        try:
            p.v = i
        except AttributeError as e:
            c += 1
            last = str(e)
    return c, last


print(read_only(80))
