class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


class Point3(Point):
    __match_args__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        super().__init__(x, y)
        self.z = z


class Empty: pass


def f(v):
    match v:
        case Point3(0, 0, 0): return "origin in space"
        case Point3(x, y, z=z): return f"space {x} {y} {z}"
        case Point(0, 0): return "origin"
        case Point(0, y=y): return f"on y {y}"
        case Point(x=x, y=0): return f"on x {x}"
        case Point(Point() as p, q): return f"nested {p!r} {q!r}"
        case Point(x, y) if x == y: return f"diagonal {x}"
        case Point(): return "point"
        case Empty(name=n): return f"named {n}"
        case Empty(): return "empty"
        case _: return "other"


named = Empty()
named.name = "n"
for v in [Point3(0, 0, 0), Point3(1, 2, 3), Point(0, 0), Point(0, 5), Point(6, 0), Point(Point(1, 2), 3), Point(4, 4),
          Point(4, 5), named, Empty(), 5, Point]:
    print(f(v))


def built_in(v):
    match v:
        case bool(b): return f"bool {b}"
        case int(0 | 1 as i): return f"small int {i}"
        case int(i): return f"int {i}"
        case float(x): return f"float {x}"
        case str("" as s): return f"empty str {s!r}"
        case str(s): return f"str {s!r}"
        case bytes(b): return f"bytes {b!r}"
        case list([x, *_] as l): return f"list {x} {l}"
        case list(l): return f"list {l}"
        case tuple((a, b)): return f"pair {a} {b}"
        case tuple(t): return f"tuple {t}"
        case dict({"k": k}): return f"dict {k}"
        case dict(d): return f"dict {d}"
        case frozenset(s): return f"frozenset {sorted(s)}"
        case set(s): return f"set {sorted(s)}"
        case type(__name__=n): return f"class {n}"
        case range(start=a, stop=b): return f"range {a} {b}"
        case BaseException(args=[m, *_]): return f"exception {m}"
        case object(): return "object"


class MyInt(int): pass
class MyStr(str):
    extra = "more"
class MyDict(dict): pass

for v in [True, 0, 1, 5, 1.5, "", "ab", b"x", [], [1, 2], (1, 2), (1,), {"k": 1}, {}, {1, 2}, frozenset([3]), int, Point,
          range(3), ValueError("m"), KeyError(), None, MyInt(7), MyStr("s"), MyDict(k=2)]:
    print(built_in(v))
match MyStr("s"):
    case MyStr(s, extra=e): print(s, e, type(s).__name__)
match 3:
    case int(real=r, imag=0): print("real", r)


class Meta(type):
    def __instancecheck__(cls, obj):
        print("is", obj, "a", cls.__name__, end="? ")
        return obj == 1


class Ones(metaclass=Meta):
    __match_args__ = ("real",)


for v in [1, 2]:
    match v:
        case Ones(real): print("yes", real)
        case _: print("no")


class MetaArgs(type):
    @property
    def __match_args__(cls):
        print("match_args of", cls.__name__, end=" ")
        return ("b", "a")


class ByMeta(metaclass=MetaArgs):
    a = 1
    b = 2


match ByMeta():
    case ByMeta(x, y): print(x, y)


class Lazy:
    __match_args__ = ("first", "second")

    def __getattr__(self, name):
        print("get", name, end="; ")
        if name == "second":
            raise AttributeError(name)
        return name

    @property
    def prop(self):
        print("prop", end="; ")
        raise AttributeError("hidden")

    @property
    def wrong(self):
        raise KeyError("not an attribute error")


match Lazy():
    case Lazy(a, b): print("never")
    case Lazy(a, third=c): print(a, c)
match Lazy():
    case Lazy(prop=p): print("prop falls back to __getattr__:", p)
try:
    match Lazy():
        case Lazy(wrong=p): print("never")
except KeyError as e:
    print("KeyError:", e)
match Lazy():
    case Lazy(_, _): print("never: wildcards ask too")
    case Lazy(): print("none asked")


class Private:
    def __init__(self):
        self.__secret = 1

    def look(self, other):
        match other:
            case Private(__secret=s): return "by its plain name", s
            case Private(_Private__secret=s): return "by its mangled name", s


print(Private().look(Private()))


class Slots:
    __slots__ = ("a", "b")
    __match_args__ = ("a", "b")


s = Slots()
s.a = 1
match s:
    case Slots(a, b): print("never: b is unset")
    case Slots(a): print("a", a)
s.b = 2
match s:
    case Slots(a, b): print(a, b)

# What __match_args__ is may change.
for args in [("x", "y"), ("y", "x"), ("y",), ()]:
    Point.__match_args__ = args
    try:
        match Point(1, 2):
            case Point(a, b): print(a, b)
    except TypeError as e:
        print(e)


class CallCounter:
    count = 0

    @property
    def n(self):
        CallCounter.count += 1
        return CallCounter.count


match CallCounter():
    case CallCounter(n=0) | CallCounter(n=2): print("second look-up")

# AttributeErrors inside leave no exception behind.
try:
    raise ValueError("outer")
except ValueError:
    match Lazy():
        case Lazy(second=_): print("never")
        case _: pass
    try:
        raise KeyError("inner")
    except KeyError as e:
        print(repr(e.__context__))
