# Calls with names, defaults, keyword-only parameters, *args and **kwargs, of functions, methods and classes, in loops; and what
# changes under way.


def plain(a, b=2, c=3):
    return a * 100 + b * 10 + c


def only(a, *, k=1, l=2):
    return (a, k, l)


def rest(*args):
    return args


def named(**kw):
    return kw


def mixed(a, /, b, *r, k=0, **kw):
    return (a, b, r, k, kw)


def wrapper(*args, **kw):
    return plain(*args, **kw)


def deco(f):
    def inner(*args, **kwargs):
        return f(*args, **kwargs)
    return inner


@deco
def decorated(x, y=5, *, z=7):
    return x + y * z


class Base:
    def __init__(self, x, y=5, *rest, name="n", **more):
        self.x, self.y, self.rest, self.name, self.more = x, y, rest, name, more

    def method(self, p, *, q=1):
        return self.x + self.y + p * q + len(self.rest)

    def __call__(self, *a, scale=1):
        return sum(a) * scale + self.x

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.x += 1
        return False

    def __getitem__(self, *k):
        return k

    def __repr__(self):
        return f"Base({self.x}, {self.y}, {self.rest}, {self.name!r}, {self.more})"


class Derived(Base):
    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
        self.extra = len(args)


def calls(n):
    out = []
    t, l = (1, 2, 3), [4, 5]
    for i in range(n):
        out.append((plain(i), plain(i, 7), plain(i, c=1), plain(c=i, a=1), plain(b=i, a=2, c=3)))
        out.append((only(i), only(i, l=9), only(l=i, k=i, a=0)))
        out.append((rest(), rest(i), rest(i, i), rest(1, i, 3), rest(1, 2, 3, i, 5)))
        out.append((named(), named(x=i), named(y=1, x=i)))
        out.append((mixed(i, 2), mixed(1, i, 3, 4, k=5, z=i), mixed(1, b=i, k=2), mixed(1, 2, a=i)))
        out.append((plain(*t), plain(*l), rest(*t), rest(*l, i), rest(i, *t, *l)))
        out.append((wrapper(i), wrapper(i, 1), wrapper(i, b=1), wrapper(a=i, c=2)))
        out.append((decorated(i), decorated(i, 1), decorated(i, z=1), decorated(x=i, y=2, z=3)))
        kw = {"b": i, "c": 2}
        out.append((plain(1, **kw), named(**kw), named(d=i, **kw), plain(*t[:1], **kw)))
    return out


for row in calls(3):
    print(row)
print(calls(40)[-9:])


def objects(n):
    out = []
    c = Base(1)
    for i in range(n):
        out.append(c.method(i) + c.method(i, q=3) + c.method(p=i) + c(i, 2) + c(i, scale=3) + c())
        b = Base(i, name="x")
        d = Derived(i, 2, 3, 4, name="d", other=i)
        with b as e:
            out.append((e, d, d.extra, Base(x=i), Base(i, 1, 2), Derived(i)))
        out.append(b[i])
    return out


for row in objects(2):
    print(row)
print(objects(30)[-3:])


# The same site, other callees; other lengths; other names.
def changing(n):
    out = []
    args = [1]
    kw = {}
    f = plain
    for i in range(n):
        out.append(f(*args, **kw))
        if i == 20:
            args = (1, 2)
        if i == 24:
            kw = {"c": 9}
        if i == 28:
            kw = {"b": 9}
            args = [5]
        if i == 32:
            f = mixed
            args = (1, 2, 3)
            kw = {"z": 1, "k": 2}
        if i == 36:
            kw["y"] = i
    return out


print(changing(40))


def defaults(n):
    out = []
    for i in range(n):
        out.append((plain(i), only(i)))
        if i == 20:
            plain.__defaults__ = (7, 8)
        if i == 24:
            only.__kwdefaults__["k"] = 50
        if i == 28:
            only.__kwdefaults__ = {"k": 60, "l": 70}
    return out


print(defaults(32)[-13:])


# What is refused, says what.
def refused(n, how):
    for i in range(n):
        try:
            if i < n - 1:
                plain(i, c=1), only(i, k=2), Base(i, name="q"), rest(*[i])
            else:
                how()
        except TypeError as e:
            print(e)


for how in (
    lambda: plain(),
    lambda: plain(1, 2, 3, 4),
    lambda: plain(1, a=2),
    lambda: plain(1, d=2),
    lambda: only(1, 2),
    lambda: only(1, m=2),
    lambda: mixed(a=1, b=2),
    lambda: rest(*5),
    lambda: named(**5),
    lambda: named(**{1: 2}),
    lambda: named(x=1, **{"x": 2}),
    lambda: Base(),
    lambda: Base(1, x=2),
    lambda: decorated(1, 2, 3),
):
    refused(30, how)


# The dict and the tuple are the callee's own.
def owns(**kw):
    kw["seen"] = True
    return len(kw)


def keeps(*args):
    args += (1,)
    return args


def own(n):
    given = {"a": 1}
    items = [1, 2]
    out = 0
    for i in range(n):
        out += owns(**given) + len(keeps(*items))
        if i % 10 == 9:
            items.append(i)
            given[str(i)] = i
    return out, given, items


print(own(35))


# Recursion through them, and generators made by them.
def depth(n, *rest, k=0):
    return k if n == 0 else depth(n - 1, *rest, n, k=k + len(rest))


print([depth(i) for i in range(12)])


def gen(*args, step=1):
    for a in args:
        yield a * step


def generated(n):
    return sum(sum(gen(i, 2, 3, step=k)) for k in range(3) for i in range(n))


print(generated(25))
