class Shape: pass


class Circle(Shape):
    __match_args__ = ("r",)

    def __init__(self, r):
        self.r = r


class Rect(Shape):
    __match_args__ = ("w", "h")

    def __init__(self, w, h):
        self.w = w
        self.h = h


class Tagged(Rect):
    def __init__(self, w, h, tag):
        super().__init__(w, h)
        self.tag = tag


def area(shapes, n):
    total = 0
    for i in range(n):
        match shapes[i % len(shapes)]:
            case Circle(r=0): total += 1
            case Circle(r): total += 3 * r * r
            case Tagged(w, h, tag="double"): total += 2 * w * h
            case Rect(w=w, h=0): total += w
            case Rect(0, h): total += h
            case Rect(w, h): total += w * h
            case Shape(extra=e): total += e
            case int(k) | float(k): total += k
            case str(): total += 7
            case None: total += 9
            case _: total += 10000
    return total


shapes = [Circle(1), Rect(2, 3), Circle(0), Rect(4, 0), Rect(0, 5)]
print(area(shapes, 500))
special = Shape()
special.extra = 6
shapes += [Tagged(1, 2, "double"), Tagged(1, 2, "single"), special, 5, 2.5, "text", None, Shape(), [], Circle]
print(area(shapes, 1500))
# Attributes that come and go, classes that change.
del special.extra
print(area(shapes, 300))
Rect.__match_args__ = ("h", "w")
print(area(shapes, 300))
Rect.w = 100
print(area(shapes, 300))
Circle.__match_args__ = ()
try:
    print(area(shapes, 300))
except TypeError as e:
    print(e)
Circle.__match_args__ = ("r",)
print(area(shapes, 300))


class Lazy:
    __match_args__ = ("name", "size")
    asked = 0

    def __init__(self, n):
        self.n = n

    @property
    def size(self):
        if self.n % 3 == 0:
            raise AttributeError("no size")
        return self.n

    def __getattr__(self, name):
        Lazy.asked += 1
        if self.n % 2:
            raise AttributeError(name)
        return name


def lazy(n):
    counts = [0] * 4
    items = [Lazy(k) for k in range(6)]
    for i in range(n):
        match items[i % 6]:
            case Lazy("name", size=1): counts[0] += 1
            case Lazy("name", s): counts[1] += s if isinstance(s, int) else len(s)
            case Lazy(size=s): counts[2] += 1
            case Lazy(): counts[3] += 1
    return counts, Lazy.asked


print(lazy(300))


class Meta(type):
    def __instancecheck__(cls, obj):
        return isinstance(obj, int) and obj % 2 == 1


class Odd(metaclass=Meta):
    __match_args__ = ("real",)


def by_meta(n):
    total = 0
    for i in range(n):
        match i:
            case Odd(k): total += k
            case int(): total -= 1
    return total


print(by_meta(300))


class Node:
    __slots__ = ("value", "next")
    __match_args__ = ("value", "next")

    def __init__(self, value, next=None):
        self.value = value
        self.next = next


def total_of(node):
    total = 0
    while True:
        match node:
            case Node(int(v), None): return total + v
            case Node(v, Node() as node): total += v


chain = None
for v in range(500):
    chain = Node(v, chain)
print(total_of(chain))


def not_classes(n):
    caught = 0
    for i in range(n):
        cls = int if i < n - 5 else i
        try:
            match i:
                case cls(): caught += 1
        except TypeError as e:
            caught += 1000
    return caught


print(not_classes(200))
