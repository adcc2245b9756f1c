# A function's defaults and attributes change under calls that are inlined.
def f(x, k=1): return x + k


def run(n):
    t = 0
    out = []
    for i in range(n):
        t += f(i)
        if i == 60: f.__defaults__ = (100,)
        if i == 90: f.__defaults__ = (-1, )
        if i == 120: f.__defaults__ = None; f.__defaults__ = (2.5,)
        if i % 30 == 29: out.append(t)
    return out


print(run(150))


def kw(x, *, k=3): return x - k


def kwdefaults(n):
    t = 0
    for i in range(n):
        t += kw(i)
        if i == 60: kw.__kwdefaults__ = {'k': 50}
        if i == 90: kw.__kwdefaults__['k'] = 0.25
    return t


print(kwdefaults(130))


def removed(n):
    def h(a, b=2): return a + b
    t = e = 0
    for i in range(n):
        try:
            t += h(i)
        except TypeError as err:
            e += 1
            text = str(err)
        if i == 60: h.__defaults__ = None
        if i == 80: h.__defaults__ = (1, 1)
    return t, e, text


print(removed(110))


def attributes(n):
    def h(): h.calls += 1; return h.calls
    h.calls = 0
    t = 0
    for i in range(n):
        t += h()
        if i == 50: h.calls = 0.5
    return t, h.calls


print(attributes(90))
