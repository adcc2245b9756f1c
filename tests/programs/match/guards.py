def say(x, answer=True):
    print(x, end=" ")
    return answer


def f(v):
    match v:
        case x if say("first", x == 1): return "one"
        case x if say("second", x > 10) and say("third", x < 20): return f"teen {x}"
        case [a, b] if (total := a + b) > 5: return f"sum {total}"
        case [a, b] if not total: return "zero"
        case (y, *_) | y if isinstance(y, str): return f"str {y}"
        case _ if say("last", False): return "never"
        case other: return f"other {other}"


for v in [1, 15, 25]:
    print(f(v))


def g(v):
    match v:
        case [a, b] if (total := a + b) > 5: return f"sum {total}"
        case [a, b] if not total: return "zero"
        case [a, b]: return f"{a} {b} {total}"
        case x if any(x == y for y in "abc"): return "letter"
        case x if [y for y in (1, 2) if y == x]: return "small"
        case x if (lambda z: z == x)(3): return "three"
        case x if x is None or x: return f"last {x}"


for v in [[3, 4], [1, -1], [1, 2], "b", 2, 3, None, 0, 7]:
    print(g(v))


class Odd:
    def __bool__(self):
        print("asked", end=" ")
        return False


match 1:
    case 1 if Odd(): print("never")
    case 1: print("then this")

try:
    match 1:
        case 1 if 1 / 0: print("never")
        case 1: print("never")
except ZeroDivisionError as e:
    print(e)


def rebinding(v):
    # The guard changes the subject's variable; later cases see the old subject.
    match v:
        case [x] if (v := "changed") and x > 5: return "large", v
        case [x]: return "small", x, v
        case x: return x, v


print(rebinding([9]), rebinding([1]), rebinding(3))


def closes(v):
    match v:
        case [x, f] if f(x): return lambda: x
        case x: return lambda: ("whole", x)


print(closes([1, bool])(), closes([0, bool])())


def chain(v):
    match v:
        case int(x) if 0 < x < 10 < 20: return "chain"
        case int(x) if x if x > 50 else x == -1: return "conditional"
        case int(): return "int"


print([chain(x) for x in [5, 60, -1, 20]])
