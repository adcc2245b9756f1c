def f(v):
    match v:
        case 1 | 2 | 3: return "small"
        case "a" | None | True | 9.5: return "odd"
        case [x, "l"] | ["r", x]: return f"either side {x}"
        case (1, y, z) | (z, 2, y) | {"y": y, "z": z}: return f"{y=} {z=}"
        case [] | {} | "": return "empty"
        case int() | float() as n if n > 100: return f"large {n}"
        case ([a] | [a, _]) as whole: return f"{a} of {whole}"
        case [[1 | 2 as p, (3 | 4) as q], *_] | [p, q, _, _]: return f"{p} {q}"
        case _: return "no"


for v in [1, 2, 3, 4, "a", None, True, 9.5, ["x", "l"], ["r", "y"], ["r", "l"], (1, 5, 6), (7, 2, 8), (1, 2, 3),
          {"y": 1, "z": 2}, {"y": 1}, [], {}, "", 101, 100.5, 99, [10], [10, 11], [[1, 3], 0, 0], [[2, 4], 0, 0, 0], [[5, 3], 0, 0, 0]]:
    print(repr(v), "->", f(v))


class C:
    __match_args__ = ("a",)

    def __init__(self, **attributes):
        self.__dict__.update(attributes)


def g(v):
    match v:
        case C(a=x) | C(b=x) | C(c=x): return x
        case C(d=[x]) | C(d={"x": x}) | [C(e=x)]: return "inner", x
        case C(f=x) | [x] if x: return "guarded", x
        case C() | (C(), *_): return "plain"
        case _: return "no"


for v in [C(a=1), C(b=2), C(c=3), C(b=2, c=3), C(d=[4]), C(d={"x": 5}), C(d=0), [C(e=6)], C(f=7), C(f=0), [8], [0], C(), (C(), 1), 0]:
    print(g(v))


class Loud:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        print(other, end=" ")
        return self.value == other


for v in [1, 3, 4, 5, 9]:
    match Loud(v):
        case 1 | 2: print("low")
        case 3 | 4 | 5: print("middle")
        case _: print("other")

# The last alternative may take everything in the last case.
match 5:
    case 1 | _: print("anything")


def whole(v):
    match v:
        case (1 | 2) | (3 | 4) as n: return n
        case ("a" | "b", "c" | "d" as second) | (_, _, second): return second


print(whole(1), whole(4), whole(("a", "d")), whole((0, 0, "third")), whole(("a", "e")))
