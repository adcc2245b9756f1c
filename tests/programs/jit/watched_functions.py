# Functions' defaults and classes found under global names change while traces take them for constant.


def f(x, k=1): return x + k
def g(x, k=2, j=3): return x * k - j
def kw(x, *, k=3): return x - k


def defaults(n):
    t = 0
    for i in range(n):
        t += f(i) + g(i) + g(i, j=1)
        t += kw(i)
        if i == 40: f.__defaults__ = (10,)
        if i == 50: change_g()
        if i == 60: kw.__kwdefaults__ = {'k': -5}
        if i == 70: f.__defaults__ = (0.5,)
        if i == 80: kw.__kwdefaults__['k'] = 100
    return t


def change_g():
    g.__defaults__ = g.__defaults__[:1] + (i_default,)


i_default = 77
print(defaults(100))


# Defaults that are gone, in a callback.
def h(x, k=7): return x + k


def take(x):
    if x == 50: del h.__defaults__
    if x == 60: h.__defaults__ = (8,)
    return x


def removed(n):
    t = e = 0
    for i in range(n):
        sorted([i, -1], key=take)
        try:
            t += h(i)
        except TypeError as err:
            e += len(str(err))
    return t, e


print(removed(80))


# Keyword-only defaults, where calls have none.
def only(x, *, scale=2): return x * scale


def keywords(n):
    t = 0
    for i in range(n):
        t += only(i) + only(i, scale=3)
        if i == 45: only.__kwdefaults__ = dict(scale=5)
    return t


print(keywords(70))


# Classes under a name.
class A:
    def m(self): return 1


class B(A):
    def m(self): return 10


Cls = A


def classes(n):
    global Cls
    t = 0
    for i in range(n):
        o = Cls()
        t += o.m() + isinstance(o, Cls) + (type(o) is Cls) * 2 + isinstance(o, A) * 4
        if i == 40: Cls = B
        if i == 60: switch()
    return t


def switch():
    global Cls
    class Cls(B):
        def m(self): return super().m() + 100


print(classes(80))


# Exceptions under a name.
Err = ValueError


def exceptions(n):
    global Err
    out = []
    for i in range(n):
        try:
            try:
                raise KeyError(i)
            except Err as e:
                out.append(i)
        except LookupError:
            pass
        if i == 30: Err = KeyError
        if i == 40: Err = (IndexError, LookupError)
        if i == 45: Err = IndexError
    return out


print(exceptions(60))


# Decorated after it was called.
def work(i): return i


def decorated(n):
    global work
    t = 0
    for i in range(n):
        t += work(i)
        if i in (40, 50, 60, 70, 80):
            def work(i, inner=work): return inner(i) + 1
    return t


print(decorated(100))


# Alternating.
def left(i): return i
def right(i): return -i


side = left


def alternating(n):
    global side
    t = 0
    for i in range(n):
        t += side(i) * i
        side = right if i % 3 else left
    return t


print(alternating(120))


def alternating_by_dict(n):
    t = 0
    for i in range(n):
        t += way(i) * i
        globals()['way'] = right if i % 3 else left
    return t


way = left
print(alternating_by_dict(120))
