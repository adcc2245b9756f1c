# Calls that built-ins and instructions make for the interpreter's code: `sum` of a generator and its like, operators and
# conversions of the guest's, in loops, in inlined calls, and where what is called changes.


def sums(n):
    total = 0
    for k in range(n):
        total += sum(i * i for i in range(k % 7))
        total += sum((i for i in range(3)), k)
        if any(i == k for i in range(5)):
            total += 1
        if all(i != k for i in range(5)):
            total += 2
    return total


print(sums(60), sums(3))


def extremes(n):
    out = []
    for k in range(n):
        words = [str(k * j) for j in range(1, 6)]
        out.append((min(words, key=len), max(words, key=lambda w: w[-1]), max(i % 4 for i in range(k + 1))))
    return out[-1], out[n // 2], len(out)


print(extremes(40))


class Box:
    def __init__(self, items):
        self.items = list(items)
        self.total = sum(x for x in self.items)

    def __len__(self):
        return len(self.items)

    def __contains__(self, x):
        return any(x == y for y in self.items)

    def __add__(self, other):
        return Box(self.items + other.items)

    def __str__(self):
        return ",".join(str(x) for x in self.items)

    def __getitem__(self, k):
        return self.items[k]

    def __eq__(self, other):
        return isinstance(other, Box) and all(a == b for a, b in zip(self.items, other.items))

    def __hash__(self):
        return self.total


def boxes(n):
    seen = {}
    kept = []
    for k in range(n):
        b = Box(range(k % 5)) + Box([k % 3])
        if 2 in b:
            seen[b] = str(b)
        kept.append(len(b) + b.total + b[-1])
        if b == Box(b.items):
            kept.append(sum(b))
    return sorted(seen.values()), sum(kept), len(kept)


print(boxes(50))


# What is called changes in the middle of a loop.
def double(x):
    return 2 * x


def negate(x):
    return -x


def mapped(n):
    out = []
    f = double
    for k in range(n):
        if k == n - 8:
            f = negate
        if k == n - 5:
            f = str
        out.append(list(map(f, (k, k + 1))))
        out.append(sorted((k, -k, 1), key=f if k != n - 3 else None))
    return out


print(mapped(30)[-18:])


class Meter:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        return self.v < other.v

    def __bool__(self):
        return sum(1 for _ in range(self.v)) > 2

    def __index__(self):
        return self.v


def meters(n):
    hits = 0
    for k in range(n):
        m = Meter(k % 6)
        if m:
            hits += 1
        if not m:
            hits += 100
        hits += range(10)[m]
        hits += min(Meter(k % 4), Meter(2)).v * 10000
        if k == n // 2:
            Meter.__bool__ = lambda self: self.v == 1
    return hits


print(meters(60))


# Exceptions from the called, caught here and further out.
def fails(k):
    if k % 5 == 4:
        raise ValueError(k)
    return k


def guarded(n):
    out = []
    for k in range(n):
        try:
            out.append(sum(fails(i) for i in range(k % 6)))
        except ValueError as e:
            out.append(e.args)
        finally:
            out.append("f")
    return out


print(guarded(25)[-12:])


def unguarded(n):
    total = 0
    for k in range(n):
        total += sum(fails(i) for i in range(4))
        if k == n - 1:
            total += sum(fails(i) for i in range(6))
    return total


try:
    unguarded(40)
except ValueError as e:
    print("ValueError", e)


# Recursion through them, up to the limit.
def depth(n):
    return 0 if n == 0 else 1 + sum(depth(n - 1) for _ in range(1))


print([depth(k) for k in range(12)])


def runaway(n):
    return sum(runaway(n + 1) for _ in range(1))


try:
    runaway(0)
except RecursionError as e:
    print("RecursionError")


# A generator that runs already, and one that is shared with the loop itself.
def shared(n):
    g = (i for i in range(n))
    out = []
    for x in g:
        out.append(x + sum(y for y in (next(g, 0), next(g, 0))))
    return out


print(shared(40)[-6:])


def nested(n):
    return sum(sum(sum(1 for _ in range(i)) for i in range(j)) for j in range(n))


print([nested(k) for k in range(10)])


# Globals and built-ins that are replaced.
def count(n):
    return [sum(1 for _ in range(k)) for k in range(n)]


print(count(30)[-3:])
original = sum


def sum(items):
    return original(items) + 1000


print(count(30)[-3:])
del sum
print(count(30)[-3:])
