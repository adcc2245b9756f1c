def loop(items):
    out = []
    for item in items:
        match item:
            case "skip": continue
            case "stop": break
            case ["inner", *xs]:
                for x in xs:
                    match x:
                        case 0: continue
                        case 9: break
                        case _: out.append(x)
                else:
                    out.append("all")
            case ["return", v]: return out, v
            case x if x == "odd": pass
            case x: out.append(x)
    else:
        out.append("else")
    return out


print(loop([1, "skip", 2, "odd", "stop", 3]))
print(loop([["inner", 1, 0, 2], ["inner", 3, 9, 4]]))
print(loop([1, ["return", 5], 2]))
print(loop([]))


def while_loop(n):
    while True:
        match n:
            case 0: return "zero"
            case 1: break
            case int() if n % 2:
                n = 3 * n + 1
                continue
            case _: n //= 2
    return "one"


print(while_loop(27), while_loop(0))


def cleanup(v):
    try:
        match v:
            case 1: return "one"
            case 2: raise ValueError("two")
            case [x]: return x / 0
            case C(): return "never"
        return "end"
    except (ValueError, ZeroDivisionError) as e:
        match e:
            case ValueError(args=(m,)): return f"caught {m}"
            case ArithmeticError(): return f"arithmetic {e}"
    finally:
        match v:
            case 1: print("finally one")
            case _: print("finally")


class C:
    @property
    def p(self):
        raise AttributeError("gone")


print(cleanup(1), cleanup(2), cleanup([3]), cleanup(4))


class Manager:
    def __enter__(self):
        print("enter", end=" ")
        return [1, 2]

    def __exit__(self, *exc):
        match exc:
            case (None, None, None): print("clean")
            case (t, _, _): print("after", t.__name__)
        return True


def with_it(v):
    with Manager() as m:
        match m, v:
            case [a, b], 1: return a + b
            case [a, *_], 2: raise KeyError(a)
            case _, C(p=_): print("never")
            case _: pass
    return "after"


print(with_it(1), with_it(2), with_it(C()), with_it(3))


def in_try(v):
    # An attribute that is missing is no error, even where AttributeError is caught around it.
    try:
        match v:
            case C(p=1) | C(q=_): return "never"
            case C(): return v.q
    except AttributeError as e:
        return f"from the body: {e}"
    return "other"


print(in_try(C()), in_try(1))


def fall(v):
    match v:
        case 1: pass
        case 2: ...
        case 3: return 3


print(fall(1), fall(2), fall(3), fall(4))


def reachable(v):
    match v:
        case 1: return "a"
        case _: return "b"
    print("never")


print(reachable(1), reachable(2))


def deep(n):
    match n:
        case 0: return 0
        case _: return 1 + deep(n - 1)


print(deep(200))


def raises(v):
    match v:
        case 1: raise KeyError(v)
        case _: assert v == 2, "not two"
    return v


for v in (1, 2, 3):
    try:
        print(raises(v))
    except (KeyError, AssertionError) as e:
        print(repr(e))
