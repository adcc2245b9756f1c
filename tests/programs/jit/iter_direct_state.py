# Loops over enumerate, zip, reversed and iter whose steps are loads and stores: left half-way, moved on from elsewhere,
# over lists that grow and shrink, and of unequal lengths.


def take(it, n):
    out = []
    for x in it:
        out.append(x)
        if len(out) == n:
            break
    return out


def halves(make):
    it = make()
    first = take(it, 25)
    second = take(it, 30)
    rest = take(it, 1000)
    again = take(it, 5)
    return len(first), second[0], len(rest), rest[-1:], again


def skipping(it):
    out = []
    for x in it:
        out.append(x)
        y = next(it, None)
        out.append(y)
    return out[:4], out[-2:], len(out)


def count(it):
    n = 0
    for x in it:
        n += 1
    return n


def add(l):
    t = 0
    for i, x in enumerate(l):
        t += i * x
    return t


def dot(a, b):
    t = 0
    for x, y in zip(a, b):
        t += x * y
    return t


def three(a, b, c):
    t = 0
    for x, y, z in zip(a, b, c):
        t += x * y - z
    return t


def down(l):
    t = 0
    for x in reversed(l):
        t = t * 3 % 1000003 + x
    return t


def growing(l, make, limit):
    n = 0
    for x in make(l):
        n += 1
        if len(l) < limit:
            l.append(n)
    return n


def shrinking(l, make):
    n = 0
    for x in make(l):
        n += 1
        l.pop()
    return n


def clearing(l, make):
    n = 0
    for x in make(l):
        n += 1
        if n == 60:
            l.clear()
    return n


def shared(l):
    it = iter(l)
    out = 0
    for x, y in zip(it, it):
        out += x * y
    for x, y in zip(l, l):
        out += x * y
    return out


def through_natives(l):
    it = iter(l)
    out = []
    for x in it:
        out.append(x)
        if x % 50 == 10:
            out.append(sum(take(it, 3)))
        if x % 97 == 5:
            out.append((x + 2) in it)
    return sum(out), len(out)


def through_join(words):
    it = enumerate(words)
    out = []
    for i, w in it:
        if i == 40:
            out.append(len("".join(x for n, x in it)))
        out.append(i)
    return len(out), sum(out)


def big_start(l):
    last = None
    for p in enumerate(l, (1 << 60) - 50):
        last = p
    return last


def keep(l):
    pairs = []
    for p in zip(l, l[1:]):
        pairs.append(p)
    for p in enumerate(l):
        pairs.append(p)
    return len(pairs), pairs[0], pairs[-1], len({id(p) for p in pairs})


def aliased(l):
    a, b = enumerate(l), enumerate(l)
    t = 0
    for i, x in a:
        j, y = next(b)
        t += (i == j) + (x is y)
        if i % 10 == 0:
            next(a, None)
            next(b, None)
    return t


def reentered(l):
    it = zip(l, l)
    n = 0
    for x, y in it:
        n += 1
        for z, w in it:
            n += 100
            if z % 3 == 0:
                break
    return n


def main():
    l = list(range(200))
    print(halves(lambda: enumerate(l)), halves(lambda: zip(l, l[:150])), halves(lambda: reversed(l)))
    print(halves(lambda: iter(l)), halves(lambda: iter(tuple(l))), halves(lambda: zip(l, l, l)))
    print(skipping(enumerate(l)), skipping(zip(l, l)), skipping(reversed(l)), skipping(iter(l)))
    print(skipping(iter(tuple(l[:31]))), count(enumerate([])), count(zip(l, [])), count(reversed([])))
    print(add(l), add(tuple(l)), add([1.5] * 100), add(range(50)))
    print(dot(l, l), dot(l, tuple(l)), dot(tuple(l), l[:50]), dot(l[:50], l), dot(range(9), l), dot({1: 2}, {3: 4}))
    print(three(l, l, l), three(l, tuple(l), l[:77]), down(l), down(l[:70]))
    for make in (enumerate, iter, reversed, lambda l: zip(l, l)):
        print(growing(list(range(50)), make, 120), shrinking(list(range(100)), make), clearing(list(range(100)), make))
    print(shared(l), through_natives(l), through_join(["ab"] * 100))
    print(big_start(l), keep(l), aliased(l), reentered(l))


main()
