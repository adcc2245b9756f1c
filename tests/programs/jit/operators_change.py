# Special methods that appear, change and vanish on a class while its operators are hot.
class N:
    def __init__(self, v): self.v = v
    def __add__(self, o): return self.v + (o.v if isinstance(o, N) else o)


def run(n):
    a = N(2)
    t = e = 0
    for i in range(n):
        try:
            t += a + 1
            t += a + a
            t += 1 + a
        except TypeError as err:
            e += 1
            text = str(err)
        if i == 50: N.__radd__ = lambda self, o: 1000
        if i == 80: N.__add__ = lambda self, o: NotImplemented
        if i == 90: del N.__add__
        if i == 100: del N.__radd__
        if i == 110: N.__add__ = lambda self, o: 0.5
    return t, e, text


print(run(130))


class C:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v


def compare(n):
    a, b = C(1), C(1)
    c = 0
    for i in range(n):
        c += (a == b) + (a != b) * 10 + (a < b) * 100 + (a > b) * 1000
        if i == 50: C.__eq__ = lambda self, o: False
        if i == 70: C.__ne__ = lambda self, o: 'yes' == 'no'
        if i == 80: C.__lt__ = lambda self, o: True
        if i == 90: del C.__eq__
        if i == 95: C.__gt__ = lambda self, o: 5
        if i > 95: c += 0
    return c


print(compare(120))


class B:
    def __init__(self): self.n = 0


def truth(n):
    b = B()
    c = 0
    for i in range(n):
        if b: c += 1
        if not b: c += 100
        if i == 50: B.__len__ = lambda self: self.n
        if i == 70: b.n = 3
        if i == 80: B.__bool__ = lambda self: False
        if i == 90: del B.__bool__
        if i == 95: del B.__len__
    return c


print(truth(110))


class G:
    def __getitem__(self, k): return k * 2
    def __contains__(self, k): return k % 2


def items(n):
    g = G()
    t = e = 0
    for i in range(n):
        try:
            t += g[i] + (i in g)
            g[i] = 1
        except TypeError:
            e += 1
        if i == 50: G.__setitem__ = lambda self, k, v: None
        if i == 60: G.__getitem__ = lambda self, k: 0.5
        if i == 80: del G.__contains__; G.__iter__ = lambda self: iter(range(85))
        if i == 90: del G.__setitem__
    return t, e


print(items(100))


class Call:
    pass


def calls(n):
    o = Call()
    t = e = 0
    for i in range(n):
        try:
            t += o(i)
        except TypeError as err:
            e += 1
            text = str(err)
        if i == 50: Call.__call__ = lambda self, x: x
        if i == 70: Call.__call__ = abs
        if i == 75: Call.__call__ = lambda self, x, k=3: k
        if i == 80: del Call.__call__
        if i == 85: o.__call__ = lambda x: 10000
    return t, e, text


print(calls(100))


class Inplace:
    def __init__(self): self.v = 0


def inplace(n):
    o = Inplace()
    Inplace.__add__ = lambda self, x: self
    c = 0
    for i in range(n):
        o += 1
        if i == 50: Inplace.__iadd__ = lambda self, x: (setattr(self, 'v', self.v + x), self)[1]
        if i == 80: Inplace.__iadd__ = lambda self, x: NotImplemented
    return o.v


print(inplace(100))
