def show(v):
    match v:
        case x:
            return x


print(show(3), show([1]))

match 4:
    case _: print("wildcard")
match 4:
    case (n): print("group", n)
match 4:
    case (((5 as m) | (4 as m))): print("as", m)
match [1, [2, 3]]:
    case [a, [b, c] as inner] as outer: print(a, b, c, inner, outer)
match (1, 2):
    case _, _: print("wildcards bind nothing")
try:
    _
except NameError as e:
    print(e)

# The subject's own name is captured.
x = [1, 2]
match x:
    case [x, y] if x > 1: print("never")
    case z: print(x, y, z)

def own(x):
    match x:
        case [x, y] if x == 0: return "guard held", x, y
        case [x, *rest] as whole if not rest: return "one", x, whole
        case x if x: return "itself", x
        case _: return "nothing", x


for v in [[0, 1], [2, 3], [4], [], (), 7, "ab"]:
    print(own(v))

def swap(a, b):
    match a, b:
        case b, a: return a, b


print(swap(1, 2))

def order(x):
    match x:
        case (y, _) as x: return x, y


print(order([1, 2]))

# Names are bound once all of the pattern has matched, and before the guard.
def partial(v):
    a = b = "unbound"
    match v:
        case [a, b, 0]: pass
        case [a, b, c] if c < 0: pass
        case _: a = (a, "kept")
    return a, b


print(partial([1, 2, 0]), partial([1, 2, 3]), partial([1, 2, -3]), partial([1, 2]))

def never(v):
    match v:
        case [q, 1]: pass
    return q


print(never(["bound", 1]))
for v in [["x", 2], 3]:
    try:
        never(v)
    except UnboundLocalError as e:
        print(e)

def after_guard(v):
    match v:
        case [q] if q > 9: pass
    return q


print(after_guard([10]), after_guard([1]))

def or_bound(v):
    match v:
        case [1, p] | [p, 2]: pass
        case _: p = None
    return p


print(or_bound([1, "a"]), or_bound(["b", 2]), or_bound(0))

def deleted(v):
    match v:
        case [d]:
            del d
        case d:
            pass
    return d


print(deleted(1))
try:
    deleted([1])
except UnboundLocalError as e:
    print(e)

def subject_unbound():
    match nothing:
        case _: pass
    nothing = 1


try:
    subject_unbound()
except UnboundLocalError as e:
    print(e)

def subject_walrus(v):
    match (w := v + 1):
        case 2: return "two", w
        case w if w > 5: return "large", w
    return w


print(subject_walrus(1), subject_walrus(2), subject_walrus(8))
