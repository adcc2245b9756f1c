# Class methods, static methods and methods of numbers in hot loops, while classes, instances and receivers change.
class Base:
    n = 1

    @classmethod
    def make(cls, x):
        return cls.n + x

    @staticmethod
    def twice(x):
        return 2 * x

    @classmethod
    def name(cls):
        return cls.__name__


class Derived(Base):
    n = 100

    @classmethod
    def make(cls, x):
        return super().make(x) + 1000


def calls(things):
    s = 0
    names = []
    for k in range(300):
        t = things[k * len(things) // 300]
        s += t.make(k) + t.twice(k)
        m = t.make
        s += m(1)
        if t.name() not in names:
            names.append(t.name())
    return s, names


print(calls([Base]), calls([Base()]), calls([Derived, Base, Derived(), Base(), Derived]))


def changed():
    class C:
        @classmethod
        def f(cls):
            return 1

        @staticmethod
        def g():
            return 10

    c = C()
    s = 0
    for k in range(300):
        if k == 100:
            C.f = classmethod(lambda cls: 2)
        if k == 150:
            C.g = staticmethod(lambda: 20)
        if k == 200:
            c.f = lambda: 3
            c.g = lambda: 30
        if k == 250:
            C.f = lambda self=None: 4
            del c.g
        s += C.f() + c.f() + C.g() + c.g()
    return s


print(changed(), changed())


class Meta(type):
    @property
    def f(cls):
        return lambda: "meta"


class WithMeta(metaclass=Meta):
    @classmethod
    def f(cls):
        return "class"


class Own(classmethod):
    def __get__(self, obj, cls=None):
        return lambda: "own"


class WithOwn:
    @Own
    def f(cls):
        return "class"


class Hooked:
    @classmethod
    def f(cls):
        return "class"

    def __getattribute__(self, name):
        return (lambda: "hook") if name == "f" else object.__getattribute__(self, name)


def odd(n):
    out = []
    for k in range(n):
        out.append((WithMeta.f(), WithMeta().f(), WithOwn.f(), WithOwn().f(), Hooked.f(), Hooked().f()))
    return out[0], out[-1], len(set(out))


print(odd(150))


def numbers(xs):
    s = 0
    for k in range(300):
        x = xs[k * len(xs) // 300]
        s += x.bit_length() if type(x) is not float else x.is_integer()
        s += x.conjugate() if x != 7.5 else x.as_integer_ratio()[1]
        f = x.__add__
        s += f(1) if type(x) is not float else 0
    return s


print(numbers([5]), numbers([2.0]), numbers([1, 7.5, True, 2**70, 3, 2.0]))


def missing(n):
    for k in range(n):
        try:
            (k if k < 150 else None).bit_length()
        except AttributeError as e:
            return k, str(e)


print(missing(200))


def raising():
    class C:
        @classmethod
        def f(cls, x):
            return 1 // x

    hits = []
    for k in range(200):
        try:
            C.f(150 - k)
        except ZeroDivisionError as e:
            hits.append((k, e.__traceback__.tb_next.tb_lineno))
        if k > 190:
            try:
                C.f()
            except TypeError as e:
                hits.append(str(e))
    return hits[:2], len(hits)


print(raising())
