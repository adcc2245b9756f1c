# __getattr__, __getattribute__, __setattr__ and __delattr__ appear on a class in mid-loop.
class A:
    def __init__(self):
        self.x = 1


def run(n):
    a = A()
    t = 0
    missing = 0
    out = []
    for i in range(n):
        try:
            t += a.x + a.y
        except AttributeError:
            missing += 1
        if i == 60: A.__getattr__ = lambda self, name: len(name) * 10
        if i == 90: A.__getattribute__ = lambda self, name: 3
        if i == 120: del A.__getattribute__
        if i == 150: del A.__getattr__
        if i == 160: a.y = 5
        if i % 20 == 19: out.append((t, missing))
    return out


print(run(200))


def setting(n):
    a = A()
    log = []
    for i in range(n):
        a.x = i
        if i == 50: A.__setattr__ = lambda self, name, v: log.append(v)
        if i == 80: del A.__setattr__
        if i == 100: A.__setattr__ = lambda self, name, v: object.__setattr__(self, name, v * 2)
    del A.__setattr__
    return a.x, len(log), log[:3]


print(setting(130))


class Proxy:
    def __init__(self, to): self._to = to
    def __getattr__(self, name):
        return getattr(self._to, name)


def proxy(n):
    p = Proxy([1, 2, 3])
    t = 0
    for i in range(n):
        p.append(i)
        t += p.count(i) + len(p._to)
        if i == 70: p.count = lambda x: 100
    return t


print(proxy(100))


def fails(n):
    class F:
        def __getattr__(self, name):
            if name.startswith('a'): return 1
            raise AttributeError('no ' + name)
    f = F()
    t = 0
    for i in range(n):
        t += getattr(f, 'abc' if i % 3 else 'xyz', 50) + hasattr(f, 'bad') + hasattr(f, 'a' + str(i))
    try:
        f.zzz
    except AttributeError as e:
        return t, str(e)


print(fails(90))
