# Objects whose attributes come in several orders, are deleted, come back, and change type.
class P:
    pass


def orders(n):
    t = 0
    for i in range(n):
        p = P()
        if i % 3 == 0:
            p.a, p.b = 1, 2
        elif i % 3 == 1:
            p.b, p.a = 20, 10
        else:
            p.c, p.a, p.b = 5, 100, 200
        t += p.a * 3 + p.b
    return t


print(orders(150))


def deleting(n):
    p = P()
    out = []
    for i in range(n):
        p.x = i
        p.y = i * 2
        if i % 10 == 9:
            del p.x
            p.z = p.y
        out.append(list(p.__dict__))
    return out[8:12], out[-1], sorted(p.__dict__.items())


print(deleting(95))


def growing(n):
    p = P()
    t = 0
    p.v = 0
    for i in range(n):
        p.v += 1
        if i % 8 == 0:
            setattr(p, 'f%d' % i, i)
        t += p.v
    return t, len(vars(p)), p.f80


print(growing(100))


def types(n):
    p = P()
    p.v = 0
    kinds = []
    for i in range(n):
        p.v = p.v + 1
        if i == 60: p.v = 0.5
        if i == 90: p.v = 2 ** 60 - 5
        if i == 120: p.v = True
        if i % 15 == 0: kinds.append(p.v)
    return kinds


print(types(150))


def dicts(n):
    p = P()
    p.a = 1
    d = p.__dict__
    t = 0
    for i in range(n):
        t += p.a
        if i == 50: d['a'] = 10
        if i == 70: p.__dict__ = {'a': 100}
        if i == 80: d['a'] = 5000
        if i == 90: p.__dict__.clear(); P.a = 7
        if i == 110: vars(p)['a'] = 3
    del P.a
    return t, d, vars(p)


print(dicts(130))
