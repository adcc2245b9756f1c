def f(v):
    match v:
        case {"kind": "point", "x": x, "y": y}: return f"point {x} {y}"
        case {"kind": k, **rest}: return f"{k} and {rest}"
        case {1: a, -1: b}: return f"ints {a} {b}"
        case {None: n, True: t}: return f"singles {n} {t}"
        case {b"k": v}: return f"bytes {v}"
        case {"nested": {"deep": [x, *_]}}: return f"deep {x}"
        case {2.5: _}: return "float"
        case {"only": 0 | 1 as z}: return f"only {z}"
        case {**every} if every: return f"every {every}"
        case {}: return "mapping"
        case _: return "no mapping"


class D(dict): pass

for v in [{"kind": "point", "x": 1, "y": 2}, {"kind": "point", "x": 1}, {"kind": "a", "b": 2}, {1: "a", -1: "b"},
          {None: 0, 1: 1}, {None: 0, False: 1}, {b"k": 3}, {"nested": {"deep": (4, 5)}}, {"nested": {"deep": []}}, {2.5: 0},
          {"only": 0}, {"only": 1}, {"only": 2}, {}, D(), D(kind=1), [], [("kind", 1)], "kind", None, {"kind"}]:
    print(repr(v), "->", f(v))
print(f(type("X", (), {}).__dict__ is None), f({}.keys()), f(int.__dict__)[:6])


class Default(dict):
    def __missing__(self, key):
        print("never: asked for", key)
        self[key] = 1
        return 1


d = Default(a=1)
match d:
    case {"b": _}: print("never")
    case {"a": x}: print("a", x, d)


class Getter(dict):
    def get(self, key, default=None):
        print("get", key, end="; ")
        return default if key == "no" else key * 2

    def __len__(self):
        print("len", end=" ")
        return 3

    def __getitem__(self, key):
        print("never: item")

    def __contains__(self, key):
        print("never: contains")

    def keys(self):
        print("keys", end="; ")
        return ["k"]


match Getter():
    case {"a": 1, "b": 2}: print("no")
    case {"a": _, "no": _}: print("no")
    case {"a": x, "b": y}: print(x, y)
match Getter():
    case {"a": _, "b": _, "c": _, "d": _}: print("no")
    case {}: print("any")

rest_of = {"a": 1, "b": 2, "c": 3}
match rest_of:
    case {"a": 1, **rest}:
        rest["d"] = 4
        print(rest, rest_of)
match {}:
    case {**rest}: print(rest)


class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        print("hash", self.name, end="; ")
        return ord(self.name)

    def __eq__(self, other):
        print(self.name, "==", other.name if isinstance(other, Key) else other, end="; ")
        return isinstance(other, Key) and self.name == other.name

    def __repr__(self):
        return f"Key({self.name!r})"


class K:
    a = Key("a")
    b = Key("b")
    a2 = Key("a")
    bad = []
    text = "t"


table = {Key("b"): 1, Key("a"): 2}
print()
match table:
    case {K.a: x, K.b: y}: print("\n", x, y)
match table:
    case {K.a: x, **rest}: print("\n", x, rest)
try:
    match table:
        case {K.a: x, K.b: y, K.a2: z}: print("never: too many keys")
    print("no match")
    table[3] = 3
    match table:
        case {K.a: x, K.b: y, K.a2: z}: print("never")
except ValueError as e:
    print("\nValueError:", e)
try:
    match {"t": 1, "u": 2}:
        case {"t": x, K.text: y}: print("never")
except ValueError as e:
    print("ValueError:", e)
try:
    match {"a": 1}:
        case {K.bad: x}: print("never")
except TypeError as e:
    print("TypeError:", e)
try:
    match {"a": 1}:
        case {"a": 2, K.nothing: x}: print("never")
except AttributeError as e:
    print("short:", e)
try:
    match {"a": 1, "b": 2}:
        case {"a": 2, K.nothing: x}: print("never")
except AttributeError as e:
    print("AttributeError:", e)
