# __set_name__, __get__ with and without owner, __delete__, slots behind properties, cached attributes.
class Field:
    def __set_name__(self, owner, name): self.key = '_' + name
    def __get__(self, o, owner):
        if o is None: return self
        return o.__dict__.get(self.key, 0)
    def __set__(self, o, v):
        if v == 13: raise ValueError('unlucky')
        o.__dict__[self.key] = v
    def __delete__(self, o): o.__dict__.pop(self.key, None)


class P:
    x = Field()
    y = Field()


def run(n):
    p = P()
    t = e = 0
    for i in range(n):
        try:
            p.x = i % 20
            p.y += p.x
        except ValueError:
            e += 1
        t += p.x
        if i % 10 == 9: del p.x
    return t, e, p.y, sorted(p.__dict__), type(P.x).__name__


print(run(100))


class cached:
    def __init__(self, f): self.f = f; self.name = f.__name__
    def __get__(self, o, owner):
        v = o.__dict__[self.name] = self.f(o)
        return v


class C:
    calls = 0
    def __init__(self, n): self.n = n
    @cached
    def square(self):
        C.calls += 1
        return self.n ** 2


def caching(n):
    cs = [C(i) for i in range(5)]
    t = 0
    for i in range(n):
        c = cs[i % 5]
        t += c.square
        if i % 20 == 19: del c.square
    return t, C.calls


print(caching(100))


class Typed:
    def __init__(self, t): self.t = t
    def __set_name__(self, owner, name): self.n = name
    def __get__(self, o, owner): return o.__dict__[self.n]
    def __set__(self, o, v):
        if not isinstance(v, self.t): raise TypeError(f'{self.n}: {type(v).__name__}')
        o.__dict__[self.n] = v


class Q:
    a = Typed(int)
    b = Typed((float, str))
    def __init__(self, a, b): self.a, self.b = a, b


def typed(n):
    seen = {}
    for i in range(n):
        try:
            q = Q((i, 'x', True)[i % 3], (0.5, 's', None, 1)[i % 4])
            k = q.a.__class__.__name__ + q.b.__class__.__name__
        except TypeError as e:
            k = str(e)
        seen[k] = seen.get(k, 0) + 1
    return seen


print(typed(96))


class Lazy:
    def __getattr__(self, name):
        if name.startswith('_'): raise AttributeError(name)
        self.__dict__[name] = len(name)
        return 100


def lazy(n):
    t = 0
    for i in range(n):
        o = Lazy()
        t += o.abc + o.abc + o.de
        t += hasattr(o, '_x') * 10000 + getattr(o, '_y', 1)
    return t


print(lazy(80))


class Swap:
    @property
    def v(self): return 1
    @v.setter
    def v(self, x): log.append(x)
    @v.deleter
    def v(self): log.append('del')


log = []


def deleters(n):
    s = Swap()
    t = 0
    for i in range(n):
        s.v = i
        t += s.v
        if i % 9 == 8: del s.v
    return t, len(log), log[-2:]


print(deleters(90))
