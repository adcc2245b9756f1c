# Long chains of `yield from`: items, what is sent and thrown, ends, and who else reaches into the chain.


def nested(depth, inner):
    if depth == 0:
        result = yield from inner
    else:
        result = yield from nested(depth - 1, inner)
    return (depth, result)


def numbers(n):
    total = 0
    for i in range(n):
        got = yield i
        total += got or 0
    return total


def items(depth, n):
    print(depth, n, list(nested(depth, numbers(n))))


for depth in (0, 1, 2, 3, 4, 10, 60):
    for n in (0, 1, 2, 5):
        items(depth, n)


# The value that each returns, and values sent.
def drive(g, values):
    out = [next(g)]
    try:
        for v in values:
            out.append(g.send(v))
    except StopIteration as e:
        out.append(("returned", e.value))
    return out


for depth in (1, 3, 5):
    print(drive(nested(depth, numbers(4)), [10, 20, None, 40, 50]))


# Inner generators that are chains themselves, of other lengths, one after another.
def walk(tree):
    if tree:
        left, value, right = tree
        yield from walk(left)
        yield value
        yield from walk(right)


def build(low, high):
    if low >= high:
        return None
    mid = (low + high) // 3 + (low + high) // 9
    mid = min(max(mid, low), high - 1)
    return build(low, mid), mid, build(mid + 1, high)


for n in (1, 2, 7, 50, 200):
    print(n, sum(i * v for i, v in enumerate(walk(build(0, n)))), list(walk(build(0, n)))[-5:])


# Exceptions from the innermost pass handlers on the way.
def handles(depth, log):
    try:
        if depth == 0:
            yield 1
            yield 2
            raise KeyError("innermost")
        yield from handles(depth - 1, log)
    except KeyError as e:
        log.append((depth, repr(e)))
        if depth % 3 == 2:
            yield "handled %d" % depth
        elif depth % 3 == 1:
            raise
        else:
            raise KeyError(depth) from None
    finally:
        log.append(("finally", depth))


for depth in (1, 4, 5, 6, 11):
    log = []
    out = []
    try:
        for x in handles(depth, log):
            out.append(x)
    except KeyError as e:
        out.append(repr(e))
    print(depth, out, log)


def fails(depth):
    if depth:
        yield from fails(depth - 1)
    else:
        yield "first"
        yield "second"
        1 / 0


def lines(e):
    tb, out = e.__traceback__, []
    while tb is not None:
        out.append(tb.tb_lineno)
        tb = tb.tb_next
    return out


try:
    for x in fails(6):
        print(x)
except ZeroDivisionError as e:
    print(lines(e))


# Thrown into the outermost, into one in the middle, and closed.
def catcher(depth, log):
    try:
        if depth:
            yield from catcher(depth - 1, log)
        else:
            while True:
                try:
                    yield "item"
                except ValueError as e:
                    yield "caught %s" % e
    finally:
        log.append(depth)


log = []
g = catcher(5, log)
print(next(g), next(g), g.throw(ValueError("outer")), next(g), next(g))
try:
    g.throw(TypeError("kills"))
except TypeError as e:
    print("TypeError", e, log)
print(list(g))

log = []
g = catcher(6, log)
print(next(g), next(g), next(g))
g.close()
print(log, list(g))


# One in the middle is resumed by somebody else.
def through(it):
    yield from it


def chain_of(inner, n):
    gens = [inner]
    for _ in range(n):
        gens.append(through(gens[-1]))
    return gens


gens = chain_of(numbers(30), 7)
out = []
for at in (7, 7, 7, 3, 7, 0, 7, 5, 5, 7, 1, 7, 2, 7, 7, 6, 0, 0, 7):
    out.append(next(gens[at]))
print(out)

gens = chain_of(numbers(8), 6)
print([next(gens[6]) for _ in range(3)], list(gens[3]), list(gens[6]), list(gens[5]), list(gens[0]))

# Two chains over the same generator.
base = numbers(20)
a, b = chain_of(base, 5), chain_of(base, 6)
print([next(x[-1]) for x in (a, a, b, b, a, b, a, a, b, b, b, a)])
print(list(b[-1]), list(a[-1]))

# The first of one chain in the middle of another.
lower = chain_of(numbers(12), 5)
print(next(lower[-1]), next(lower[-1]))
upper = chain_of(lower[-1], 5)
print(next(upper[-1]), next(upper[-1]), next(lower[-1]), next(upper[-1]), next(lower[2]), list(upper[-1]))


# While a chain runs, every one of it does.
def asks(gens):
    yield 0
    for k in range(2):
        states = []
        for g in gens:
            states.append(g.gi_running)
            try:
                next(g)
            except ValueError as e:
                states.append(str(e))
            try:
                g.throw(KeyError)
            except ValueError as e:
                states.append(str(e))
            try:
                g.close()
            except ValueError as e:
                states.append(str(e))
        yield states
    yield "end"


gens = []
gens.append(asks(gens))
for _ in range(5):
    gens.append(through(gens[-1]))
print(next(gens[-1]))
print([g.gi_running for g in gens], [g.gi_suspended for g in gens])
print(next(gens[-1]))
print(next(gens[-1]))
print(next(gens[-1]), list(gens[-1]))


# Another chain runs the shared innermost: those of this one are not running.
def meddles(box):
    yield "a"
    try:
        print("meddling:", next(box[0]))
    except ValueError as e:
        print("meddling:", e)
    yield "b"
    yield "c"


box = []
inner = meddles(box)
one, two = chain_of(inner, 4), chain_of(inner, 5)
box.append(two[-1])
print(next(two[-1]))
print(next(one[-1]))
print(list(one[-1]), list(two[-1]))


# Exceptions that are being handled where the innermost yields.
import sys


def handling():
    try:
        raise KeyError("k")
    except KeyError:
        yield sys.exc_info()[0].__name__
        yield sys.exc_info()[0].__name__
    yield sys.exc_info()[0]


def consume(g):
    out = []
    try:
        raise ValueError
    except ValueError:
        for x in g:
            out.append((x, sys.exc_info()[0].__name__))
    return out


print(consume(chain_of(handling(), 6)[-1]))


# Loops that are not generators end a chain.
print(list(chain_of(iter([1, 2, 3]), 5)[-1]), list(chain_of(range(4), 5)[-1]))
print(list(chain_of(map(str, range(4)), 5)[-1]), list(chain_of(zip("ab", "cd"), 4)[-1]))


# Deep chains meet the limit of recursion.
def endless(depth):
    yield depth
    yield from endless(depth + 1)


count = 0
try:
    for x in endless(0):
        count = x
except RecursionError as e:
    print("RecursionError", count > 300, str(e)[:32])


def descend(n):
    return 0 if n == 0 else 1 + descend(n - 1)


def calls(n):
    yield descend(n)
    yield descend(n)


def deep(depth, n):
    if depth:
        yield from deep(depth - 1, n)
    else:
        yield from calls(n)


print(list(deep(300, 300)))
try:
    print(list(deep(600, 600)))
except RecursionError:
    print("RecursionError")


# Hundreds of consumers, each with its chain half-way.
halves = [chain_of(numbers(6), k % 9)[-1] for k in range(40)]
total = 0
for step in range(7):
    for k, g in enumerate(halves):
        total = total * 3 + next(g, -1) + k
        total %= 1000003
print(total)


# The traceback of an exception that nobody handles.
for x in fails(5):
    print(x)
