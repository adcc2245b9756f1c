# Loops over sets: slots in use are found one by one, and what is in between changes.


def total(s):
    t = 0
    for x in s:
        t += x
    return t


def first_above(s, limit):
    for n, x in enumerate(s):
        if x > limit:
            break
    else:
        return None
    return n, x


# Dense, sparse, with removed items, empty, and of one item.
for k in range(6):
    print(total(set(range(500))), total(frozenset(range(0, 9000, 18))), total(set()), total({7}))
holes = set(range(2000))
for x in range(0, 2000, 3):
    holes.discard(x)
for k in range(4):
    print(total(holes), first_above(holes, 1500), first_above(holes, 5000))
gone = set(range(1000))
for x in range(1000):
    gone.discard(x)
print(total(gone), total(gone), len(gone))
for x in range(990, 1000):
    gone.add(x)
print(total(gone), sorted(gone))


# The order is that of the slots.
def in_order(s):
    out = []
    for x in s:
        out.append(x)
    return out


for n in (5, 40, 300):
    s = {k * 37 % 1009 for k in range(n)}
    s.discard(37)
    print(in_order(s) == list(s), in_order(s)[:12], len(in_order(s)))


# Items of many types, and a function that gets sets, frozensets, dicts and lists in turn.
def kinds(s):
    ints = floats = others = 0
    for x in s:
        if type(x) is int:
            ints += x
        elif type(x) is float:
            floats += x
        else:
            others += 1
    return ints, floats, others


mixed = {1, 2.5, "a", None, (1, 2), True, 3, frozenset({1}), b"x", -1, -0.5, 2 ** 70, ...}
for k in range(40):
    r = kinds(mixed)
print(r)
same = list(range(50))
print([kinds(c) for c in (set(same), frozenset(same), dict.fromkeys(same), same, tuple(same), set(same)) * 8][-6:])


class Own(set):
    pass


class Doubled(set):
    def __iter__(self):
        return (2 * x for x in set.__iter__(self))


print([total(c(range(60))) for c in (set, Own, Doubled, frozenset) * 6][-4:])


# Changed in the middle.
def grow(s, at):
    seen = 0
    try:
        for x in s:
            seen += 1
            if seen == at:
                s.add(-5)
    except RuntimeError as e:
        return seen, str(e)
    return seen, None


def shrink(s, at):
    seen = 0
    try:
        for x in s:
            seen += 1
            if seen == at:
                s.remove(x)
    except RuntimeError as e:
        return seen, str(e)
    return seen, None


for n in (3, 30, 300):
    for at in (1, n // 2, n - 1, n, n + 1):
        print(n, at, grow(set(range(n)), at), shrink(set(range(n)), at))


def exchange(s):
    # As many items as before: the loop goes on in the table that is there now.
    seen = 0
    for x in s:
        seen += 1
        s.discard(x)
        s.add(x)
    return seen


print(exchange(set(range(100))), exchange(set(range(0, 700, 7))))


def emptied(s):
    seen = []
    try:
        for x in s:
            seen.append(x)
            if x == 70:
                s.clear()
    except RuntimeError as e:
        seen.append(str(e))
    return seen[-2:]


def replaced(s):
    seen = 0
    for x in s:
        seen += 1
        if seen == 40:
            s.clear()
            s.update(range(100))
    return seen


print(emptied(set(range(100))), replaced(set(range(100))))


# Exits in the middle, and a loop that goes on behind one.
def stopping(s):
    t = 0
    for x in s:
        if x % 5 == 3:
            continue
        if x > 180:
            t += x * 0.5
        elif x == 150:
            t += 2 ** 61
        else:
            t += x
    return t


for k in range(5):
    print(stopping(set(range(200))))


# Generators, comprehensions, and an iterator that is kept.
def give(s):
    for x in s:
        if x & 1:
            yield x


print(sum(give(set(range(400)))), len([x for x in set(range(300)) if x > 7]), {x: x * x for x in {1, 2, 3}})
print(sum(x * y for x in {1, 2, 3} for y in frozenset(range(100))), sorted({x % 7 for x in set(range(500))}))


def pairs(s):
    n = 0
    for x in s:
        for y in s:
            if x < y:
                n += 1
    return n


print(pairs(set(range(60))), pairs({3}), pairs(set()))


def constants(n):
    t = 0
    for k in range(n):
        for x in {1, 2, 3, 40}:
            t += x * k
        for x in frozenset((5, 6)):
            t -= x
        if k in {3, 5, 7, 90}:
            t += 1000
    return t


print(constants(10), constants(200))


def kept(s):
    i = iter(s)
    n = 0
    for x in i:
        n += 1
        if n == 50:
            break
    for x in i:
        n += 1
    return n, next(i, None)


print([kept(set(range(120))) for k in range(4)][-1])


# Set operations in the loop, whose results are gone through.
def closure(edges, start):
    seen = {start}
    todo = {start}
    rounds = 0
    while todo:
        rounds += 1
        new = set()
        for x in todo:
            for y in edges.get(x, ()):
                if y not in seen:
                    seen.add(y)
                    new.add(y)
        todo = new
    return rounds, len(seen), sum(seen)


edges = {k: {k * 2 % 501, k * 3 % 501, (k + 1) % 501} for k in range(501)}
print(closure(edges, 1), closure(edges, 250), closure({}, 1))
