log = []


class Spy:
    "Tells what is asked of it."

    def __init__(self, name, value):
        self.name = name
        self.value = value

    def __eq__(self, other):
        log.append(f"{self.name}=={other}")
        return self.value == other


class Seq(list):
    def __len__(self):
        log.append("len")
        return super().__len__()

    def __iter__(self):
        log.append("iter")
        return super().__iter__()

    def __getitem__(self, i):
        log.append(f"[{i}]")
        return super().__getitem__(i)


class Map(dict):
    def __len__(self):
        log.append("len")
        return super().__len__()

    def get(self, key, default=None):
        log.append(f"get {key}")
        return super().get(key, default)


class Meta(type):
    def __instancecheck__(cls, obj):
        log.append("isinstance")
        return super().__instancecheck__(obj)


class Obj(metaclass=Meta):
    __match_args__ = ("a", "b")

    def __getattribute__(self, name):
        if not name.startswith("__"):
            log.append(name)
        return super().__getattribute__(name)


class Sub(Obj):
    a = Spy("a", 1)
    b = Spy("b", 2)
    c = Spy("c", 3)


class Consts:
    def __getattr__(self, name):
        log.append(f"const {name}")
        return name


k = Consts()


def show(result):
    print(result, log)
    log.clear()


def seq(v):
    match v:
        case [0]: return 1
        case [1, 0, 0]: return 2
        case [1, *_, 2]: return 3
        case [1, 2, *_]: return 4
        case [_, _, _]: return 5
        case [*x]: return 6


for v in [[Spy("x", 0)], [Spy("x", 1), 2, Spy("z", 3)], [Spy("x", 1), Spy("y", 5), Spy("z", 9), 9], [], [Spy("p", 3), 2, 3]]:
    show(seq(Seq(v)))


def mapping(v):
    match v:
        case {"a": 0, "b": 0}: return 1
        case {"a": 1, k.b: 2}: return 2
        case {k.a: 1, "zz": 2}: return 3
        case {k.a: 1, **rest}: return 4, sorted(rest)
        case {}: return 5


for v in [{"a": Spy("a", 0), "b": Spy("b", 0)}, {"a": Spy("a", 1), "b": Spy("b", 2)}, {"a": Spy("a", 1), "c": 1}, {}]:
    show(mapping(Map(v)))


def cls(v):
    match v:
        case Obj(0, 0): return 1
        case Obj(1, c=0): return 2
        case Obj(c=3, a=0): return 3
        case Obj(d=_): return 4
        case Obj(a=1, b=2, c=3): return 5


show(cls(Sub()))
show(cls(3))


def either(v):
    match v:
        case [Obj(a=0), _] | [_, Obj(b=2)] | [k.x, k.y]: return 1
        case _: return 2


show(either([Sub(), Sub()]))
show(either(["x", "y"]))
show(either(["x", "z"]))


def subject():
    log.append("subject")
    return 2


def guard(x):
    log.append(f"guard {x}")
    return x


match subject():
    case 1 if guard(1): show("no")
    case 2 if guard(0): show("no")
    case x if guard(x): show(x)


class Namespace(dict):
    def __setitem__(self, key, value):
        if not key.startswith("__"):
            log.append(f"{key}={value}")
        super().__setitem__(key, value)


class Preparing(type):
    @classmethod
    def __prepare__(cls, name, bases):
        return Namespace()


class Body(metaclass=Preparing):
    match [1, {"k": 2, "r": 3}, 4, 5]:
        case [a, {"k": b, **c} as d, *e] as f: pass
    match (1, 2):
        case [3 as h, i] | [i, 2 as h]: pass


show("body")
