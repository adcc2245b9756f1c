# Module level: captures are globals.
match [1, 2]:
    case [first, second]: pass
print(first, second, "first" in globals())


def uses_global():
    global counter
    match 5:
        case int(counter): pass


uses_global()
print(counter)


def nonlocal_target():
    n = 0

    def set_it(v):
        nonlocal n
        match v:
            case [n]: return "list"
            case n: return "other"

    print(set_it([1]), n)
    print(set_it(2), n)


nonlocal_target()


def cells(v):
    match v:
        case [a, b]:
            def inner(): return a + b
            a += 1
            return inner()
        case a:
            return (lambda: a)()


print(cells([1, 2]), cells(7))


def free_subject(v):
    def inner():
        match v:
            case [x]: return x
            case _: return v
    return inner()


print(free_subject([1]), free_subject(2))


class Body:
    match {"x": 1, "y": [2, 3]}:
        case {"x": x, "y": [y, *ys]}:
            z = x + y
    kind = "outer"
    match kind:
        case "outer": inner = lambda self: self.kind
    def method(self, v):
        match v:
            case Body(x=1): return "one of us"
            case _: return "not"


print(Body.x, Body.y, Body.ys, Body.z, Body().inner(), Body().method(Body()), Body().method(1))


def generator(items):
    for item in items:
        match item:
            case [a, b]:
                got = yield a
                match got:
                    case None: yield b
                    case x: yield (b, x)
            case {"many": many}: yield from many
            case x if (yield ("guard", x)): yield "guarded"
            case "stop": return "stopped"


g = generator([[1, 2], {"many": "ab"}, 5, [3, 4], "stop", 6])
print(next(g), g.send("sent"), next(g), next(g), next(g), g.send(True), next(g), next(g))
print(next(g))
try:
    g.send(False)
except StopIteration as e:
    print("value", e.value)


def comprehension(items):
    match items:
        case [*xs] if all(x > 0 for x in xs):
            return [x * y for x in xs for y in (1, 2)]
        case [x, *xs]:
            return {x: [x for x in xs], "x": x}


print(comprehension([1, 2]), comprehension([-1, 2, 3]))


def nested(v):
    match v:
        case [op, x]:
            match op:
                case "neg":
                    match x:
                        case int(n): return -n
                        case _: return "?"
                case "pos": return x
        case _: return None
    return "fell through"


print(nested(["neg", 1]), nested(["neg", "x"]), nested(["pos", 2]), nested(["other", 0]), nested(3))


def names():
    match 1:
        case 1:
            a = 1
        case b:
            c = 2
    return sorted(locals())


print(names())


def default(v, kind=(lambda: 3)()):
    match v, kind:
        case (x, 3): return x
        case (_, other): return other


print(default(1), default(1, 4))


def evaluate(e):
    match e:
        case int() | float(): return e
        case ("+", a, b): return evaluate(a) + evaluate(b)
        case ("*", a, b): return evaluate(a) * evaluate(b)
        case ("-", a): return -evaluate(a)
        case ("if", test, yes, no): return evaluate(yes if evaluate(test) else no)
        case ("let", {"name": str(name), "value": value}, body):
            return evaluate(substitute(body, name, evaluate(value)))
        case _: raise TypeError(f"what is {e!r}?")


def substitute(e, name, value):
    match e:
        case str() if e == name: return value
        case tuple((op, *args)): return (op, *(substitute(a, name, value) for a in args))
        case _: return e


print(evaluate(("let", {"name": "x", "value": ("+", 1, 2)}, ("*", "x", ("if", "x", ("-", "x"), 0)))))
try:
    evaluate(("+", 1, "y"))
except TypeError as e:
    print(e)
