# map, filter, reversed, next with a default, set, tuple, dict and str.join of generators, sorted: compiled with the loop around
# them, while what they are given changes.
class It:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if not self.n:
            raise StopIteration
        self.n -= 1
        return self.n


class K:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        return self.v < other.v

    def __repr__(self):
        return f"K{self.v}"


def summary(rows):
    out = []
    for r in rows:
        if not out or out[-1][0] != r:
            out.append([r, 0])
        out[-1][1] += 1
    print(out if len(out) < 12 else (out[:3], out[-3:], len(out)))


def gens(sources):
    rows = []
    for k in range(240):
        xs = sources[k * len(sources) // 240]
        g = (x for x in xs)
        rows.append((next(g, None), next(g, "end"), set(x for x in xs), tuple(x for x in xs)))
        rows.append((list(map(str, xs)), list(filter(None, xs)), ",".join(str(x) for x in xs)))
        rows.append((sorted(xs, key=lambda x: -hash(x)), sorted(xs, key=str, reverse=True), list(reversed(tuple(xs)))))
        rows.append(dict((x, k > 300) for x in xs))
    for i in range(4):
        summary(rows[i::4])


gens([[1, 2, 3], (4, 0), range(3), [], {5: 1}, [True, 1.0], frozenset({7})])


def errors(bad):
    seen = []
    for k in range(200):
        x = bad if k == 150 else 1
        for f in (
            lambda: ",".join(y for y in ("a", x if x is bad else "b")),
            lambda: sorted(set(y for y in (1, x)), key=str),
            lambda: tuple(10 // y for y in (1, x if x == 0 else 1)),
            lambda: list(map(lambda y: y + 1, (1, x))),
            lambda: sorted((y for y in (2, x)), key=lambda y: y),
            lambda: next((y for y in x), 3) if k >= 150 else next((y for y in (2,)), 3),
            lambda: dict((y, 1) for y in (1, x)),
            lambda: dict(y for y in ((1, 2), x if k == 150 else (3, 4))),
            lambda: list(filter(lambda y: y > 0, (1, x))),
        ):
            try:
                r = f()
            except Exception as e:
                r = type(e).__name__, str(e)
            seen.append(r)
    summary(seen[0::9])
    for i in range(9):
        print(seen[150 * 9 + i])


for bad in ([], 0, "s", (1,), None, {}):
    errors(bad)


def guests():
    rows = []
    for k in range(150):
        rows.append((tuple(It(3)), set(It(2)), next(It(2), 9), next(It(0), 9), list(map(bool, It(2))), sorted(It(4))))
        rows.append((sorted([K(2), K(1)]), sorted(iter([K(2), K(3)]), reverse=True), sorted(x for x in (3, 1)), min(K(3), K(2))))
    print(rows[0], str(rows[-1]), len(rows))


guests()


def types(cls):
    n = 0
    for k in range(150):
        m = cls(lambda x: x > 1, (1, 2, 3))
        n += len(list(m)) + (type(m) is cls) + (iter(m) is m)
    return n


class M(map):
    pass


print(types(map), types(filter), types(M))


def reversing():
    out = []
    for k in range(150):
        r = reversed((k, 2, 3) if k < 100 else "abc" if k < 120 else [1, k] if k < 140 else range(3))
        a = next(r)
        out.append((a, [x for x in r], next(r, "end"), next(r, None)))
    print(out[0], out[99], out[100], out[121], out[141], type(reversed(())).__name__)


reversing()


def attributes():
    class A:
        __slots__ = ("s",)
        c = 1

    class B(A):
        def __getattr__(self, name):
            if name == "late":
                return 5
            raise AttributeError(name)

    n = 0
    for k in range(200):
        o = A() if k < 120 else B()
        n += hasattr(o, "s") + hasattr(o, "c") * 10 + getattr(o, "late", 100) + getattr(o, "none", 1000)
        if k == 60:
            A.late = 7
        if k == 90:
            del A.late
            A.none = 1
        if k == 100:
            del A.none
    return n


print(attributes())


def changing():
    n = 0
    for k in range(150):
        xs = [1, 2, 3, 4]
        for x in reversed(xs):
            n += x * k
            if x == 3 and k > 70:
                xs.clear()
        it = iter(xs)
        n += sum(map(lambda v: xs.pop() if len(xs) > 2 else v, xs)) + len(xs) + len(list(it))
    return n


print(changing())
