# isinstance, issubclass, type() and hasattr over values whose classes vary and change.
class A: pass
class B(A): pass
class C(int): pass


def kind(x):
    if isinstance(x, bool): return 'bool'
    if isinstance(x, int): return 'int' if type(x) is int else 'intlike'
    if isinstance(x, (float, str)): return 'float or str'
    if isinstance(x, A): return 'B' if isinstance(x, B) else 'A'
    if x is None or isinstance(x, type): return 'odd'
    return 'other'


def run(n):
    xs = [1, True, 2.5, 'a', A(), B(), C(3), None, int, [], 2 ** 70]
    c = {}
    for i in range(n):
        k = kind(xs[i % 11])
        c[k] = c.get(k, 0) + 1
        if i == 60: xs[4].__class__ = B
        if i == 80: xs[0] = 'now str'
    return c


print(run(132))


class Meta(type):
    answer = True
    def __instancecheck__(cls, o): return Meta.answer and hasattr(o, 'duck')
    def __subclasscheck__(cls, k): return k is int


class Duck(metaclass=Meta): pass


def hooks(n):
    a = A()
    c = 0
    for i in range(n):
        c += isinstance(a, Duck) + issubclass(int, Duck) * 10 + isinstance(Duck(), Duck) * 100
        if i == 40: a.duck = 1
        if i == 60: Meta.answer = False
        if i == 70: del Meta.__instancecheck__
    return c


print(hooks(90))


def errors(n):
    c = {}
    for i in range(n):
        try:
            r = (isinstance if i % 2 else issubclass)((i, A)[i % 3 > 0], (int, 5, (str, A), 'x')[i % 4])
        except TypeError as e:
            r = str(e)
        c[r] = c.get(r, 0) + 1
    return c


for k, v in errors(96).items(): print(v, k)


def types(n):
    t = 0
    for i in range(n):
        x = (i, i * 0.5, str(i), i > 3)[i % 4]
        T = type(x)
        t += (T is int) + (T == float) * 10 + (T in (str, bool)) * 100 + len(T.__name__) * 1000
        t += type(T(1) if T is not str else 'x') is T
    return t


print(types(100))
