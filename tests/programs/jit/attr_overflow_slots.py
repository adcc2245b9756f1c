# Attributes that do not lie in the instance, `__slots__`, and attributes that `__getattribute__` gives.


class P:
    pass


class S:
    __slots__ = ("a", "b", "c")
    k = 5


class T(S):
    pass


class G:
    def __init__(self):
        self.x = 3
        self.calls = 0

    def __getattribute__(self, name):
        if name == "y":
            return 7
        if name == "z":
            raise AttributeError("no z")
        return object.__getattribute__(self, name)


class H(G):
    def __getattr__(self, name):
        return 11


def fill(o, n):
    for i in range(n):
        o.a = i
        o.b = o.a + 1
        o.c = o.b + o.a
    return o.a, o.b, o.c


def appear(n):
    out = 0
    for i in range(n):
        p = P()
        p.a = i
        p.b = i + 1
        p.c = p.a * p.b
        p.d = 1
        p.e = 2
        p.f = p.d + p.e
        out += p.c + p.f
        if i % 40 == 39:
            del p.c
            try:
                out += p.c
            except AttributeError as e:
                out += len(str(e))
    return out


def deleted(n):
    s = T()
    s.a = 1
    out = []
    for i in range(n):
        try:
            out.append(s.a + s.k)
        except AttributeError as e:
            out.append(str(e))
            s.a = 2
        if i == n // 2:
            del s.a
    return out[0], [x for x in out if type(x) is str], out[-1]


def hooked(o, n):
    t = 0
    for i in range(n):
        t += o.y + o.x
        try:
            t += o.z
        except AttributeError as e:
            t += len(str(e))
    return t


def later(n):
    o = G()
    t = 0
    for i in range(n):
        t += o.y
        if i == n // 2:
            G.__getattribute__ = lambda self, name: 100
    del G.__getattribute__
    return t


def main():
    p, s, t = P(), S(), T()
    print(fill(p, 100), fill(s, 100), fill(t, 100), t.__dict__, vars(p))
    print(appear(200), deleted(200))
    print(hooked(G(), 100), hooked(H(), 100), later(100))


main()
