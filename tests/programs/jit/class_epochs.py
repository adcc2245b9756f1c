# Classes that traces know change while the traces run: in calls, below recursions, again and again, one of many.


class Base:
    step = 1

    def get(self):
        return self.x

    def name(self):
        return "base"


class A(Base):
    def __init__(self, x):
        self.x = x


class B(Base):
    def __init__(self, x):
        self.x = -x

    def name(self):
        return "b"


def change(i):
    if i == 300:
        A.get = lambda self: self.x * 2
    elif i == 600:
        Base.get = lambda self: 1000
    elif i == 700:
        del A.get
    elif i == 900:
        B.x = property(lambda self: 7)
    elif i == 1000:
        del B.x
    elif i > 1100 and i % 50 == 0:
        A.name = lambda self, i=i: "a%d" % i


def loop():
    a, b = A(3), B(4)
    out = []
    total = 0
    for i in range(1500):
        total += a.get()
        change(i)
        total += b.get() + a.x + b.x
        if i % 100 == 99:
            out.append((i, total, a.name(), b.name()))
    return out


def down(o, n):
    if n == 0:
        change_step(o)
        return o.get()
    return down(o, n - 1) + o.get() + o.step


changes = 0


def change_step(o):
    global changes
    changes += 1
    if changes % 40 == 0:
        Base.get = lambda self, c=changes: c
    if changes % 33 == 0:
        type(o).step = staticmethod(len).__func__ and changes


def recursion():
    out = []
    for i in range(200):
        out.append(down(A(i), 20) if i % 2 else down(B(i), 15))
    return sum(out), out[-3:]


def many():
    classes = [type("C%d" % i, (Base,), {"get": lambda self, i=i: i}) for i in range(30)]
    objects = [c() for c in classes]
    total = 0
    for r in range(60):
        for o in objects:
            total += o.get()
        victim = classes[r * 7 % 30]
        victim.get = lambda self, r=r: r * 100
    return total


def made_in_loop():
    total = 0
    for i in range(400):
        class Local:
            def get(self):
                return i

        total += Local().get()
        if i % 3 == 0:
            Local.get = lambda self: -i
            total += Local().get()
    return total


class Meta(type):
    def __call__(cls, *args):
        o = super().__call__(*args)
        Meta.calls += 1
        return o


Meta.calls = 0


class D(metaclass=Meta):
    def __init__(self, x):
        self.x = x


def metas():
    total = 0
    for i in range(500):
        total += D(i).x
        if i == 250:
            D.__init__ = lambda self, x: setattr(self, "x", 2 * x)
        if i == 400:
            Meta.__call__ = type.__call__
    return total, Meta.calls


def shadow():
    o = A(1)
    out = 0
    for i in range(600):
        out += o.x
        if i == 200:
            A.x = 50
        if i == 300:
            A.x = property(lambda self: 1000)
        if i == 400:
            del A.x
        if i == 500:
            o.__class__ = B
    return out


print(*loop(), sep="\n")
print(recursion())
print(many())
print(made_in_loop())
print(metas())
print(shadow())
