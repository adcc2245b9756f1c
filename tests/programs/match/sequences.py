def f(v):
    match v:
        case []: return "empty"
        case [0]: return "[0]"
        case (1, 2): return "(1, 2)"
        case 3, : return "3,"
        case [x, [y, z]]: return f"nested {x} {y} {z}"
        case (first, *middle, "end"): return f"to end {first} {middle}"
        case ["begin", *rest]: return f"from begin {rest}"
        case [*init, -1]: return f"before -1 {init}"
        case [*_, 7, _]: return "7 before the last"
        case [5, *_]: return "5 first"
        case [a, b, *_, c, d]: return f"ends {a} {b} {c} {d}"
        case [*all]: return f"all {all}"
        case _: return "no sequence"


class L(list): pass
class T(tuple): pass

for v in [[], (), [0], (0,), [1, 2], (1, 2), [3], (3,), [1, [2, 3]], ["a", "end"], ["a", 1, 2, "end"], ["begin"],
          ["begin", 1], [4, -1], (-1,), [7, 0], [1, 2, 7, 3], [5], [5, 6], [1, 2, 3, 4], (1, 2, 3, 4, 5), [9], (8, 9, 10),
          range(0), range(1), range(1, 3), range(2, 9), L([0]), L(), T((1, 2)), T(),
          "", "ab", b"", b"ab", {}, {1}, frozenset([1, 2]), {1: 2}, 0, None, iter([1]), (i for i in "ab"), zip([1])]:
    shown = v if not hasattr(v, "__next__") else type(v).__name__
    print(repr(shown), "->", f(v))


class Sized(list):
    "A subclass has the last word on its length, its items and its iterator."

    def __len__(self):
        print("len", end=" ")
        return 2

    def __getitem__(self, i):
        print("item", i, end=" ")
        return 100 + i if i >= 0 else -100

    def __iter__(self):
        print("iter", end=" ")
        return iter("xy")


match Sized():
    case [a]: print("one")
    case [a, b]: print("two", a, b)
match Sized([1]):
    case [a, *_]: print("first", a)
match Sized([1]):
    case [*_, a]: print("last", a)
match Sized([1]):
    case [a, *_, b]: print("ends", a, b)
match Sized([1]):
    case [a, *b]: print("star", a, b)
match Sized([1]):
    case [_, _]: print("wildcards")
match Sized([1]):
    case [*_]: print("any")
match Sized([1]):
    case [*x]: print("any", x)


class Wrong(list):
    def __len__(self):
        return 2

    def __iter__(self):
        return iter("abc")


try:
    match Wrong():
        case [a, b]: print("never")
except ValueError as e:
    print("ValueError:", e)


class Unsized(list):
    def __len__(self):
        raise KeyError("length")


try:
    match Unsized():
        case [*_]: print("any length")
    match Unsized():
        case [x]: print("never")
except KeyError as e:
    print("KeyError:", e)


class Like:
    "Neither a list nor a tuple."

    def __len__(self):
        return 1

    def __getitem__(self, i):
        return i

    def __iter__(self):
        return iter([1])


print(f(Like()))

match [[[[1]]]]:
    case [[[[x]]]]: print("deep", x)
match ((1, 2), (3, 4)):
    case ((a, b), (c, d)): print(a, b, c, d)
match [1, 2, 3]:
    case [1, x, 3] if x == 3: print("no")
    case [1, 3, _] | [1, _, 4]: print("no")
    case [1, 2 | 3, y]: print("y", y)
match list(range(300)):
    case [a, *_, b]: print(a, b)
