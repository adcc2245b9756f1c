# Slots: unset, set, deleted, with subclasses that have a dict, and by name.
class S:
    __slots__ = ('a', 'b')
    def __init__(self, a):
        self.a = a


class T(S):
    pass


def run(o, n):
    t = e = 0
    for i in range(n):
        try:
            t += o.a
            t += o.b
        except AttributeError as x:
            e += 1
            last = str(x)
        if i == 60: o.b = 5
        if i == 80: del o.b
        if i == 90: del o.a
        if i == 100: o.a = 0.5
        if i == 120: o.b = 2 ** 61
    return t, e, last


print(run(S(1), 150))
print(run(T(1), 150))


def subclass(n):
    x = T(1)
    t = 0
    for i in range(n):
        x.c = i
        x.a += x.c
        t += x.a
    return t, x.__dict__


print(subclass(100))


def mixed(n):
    os = [S(1), T(2), S(3)]
    t = 0
    for i in range(n):
        o = os[i % 3]
        o.a = o.a + 1
        t += o.a
    return t, [o.a for o in os]


print(mixed(100))


def refused(n):
    s = S(0)
    c = 0
    for i in range(n):
        try:
            s.zzz = i
        except AttributeError as e:
            c += 1
            text = str(e)
    return c, text.split(' and ')[0]


print(refused(80))
