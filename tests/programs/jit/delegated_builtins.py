# Built-in functions that go through generators and guests' iterators by frozen Python, in hot loops: what decides the way changes,
# what they go through raises or changes, and names stand for other things.
def lines(e):
    out = [type(e).__name__, str(e)]
    tb = e.__traceback__
    while tb:
        out.append(tb.tb_lineno)
        tb = tb.tb_next
    return out


class Count:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        self.i = 0
        return self

    def __next__(self):
        if self.i == self.n:
            raise StopIteration
        self.i += 1
        return self.i


class Get:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * 2


class L(list):
    def __iter__(self):
        return iter([7, 8])


def gens(xs):
    a = b = c = 0
    for k in range(200):
        a += sum(x * k for x in xs) + sum((x for x in xs), k) + sum((x for x in xs), start=1)
        b += any(x > k for x in xs) + all(x < k for x in xs)
        c += max(x ^ k for x in xs) + min((x ^ k for x in xs), default=3)
    return a, b, c


for xs in (1, 2, 3), [5, 6], range(4), {1: 2, 9: 3}, {4}, "", b"ab", [], frozenset({8}):
    try:
        print(type(xs).__name__, gens(xs))
    except (ValueError, TypeError) as e:
        print(type(xs).__name__, type(e).__name__, e)


def kinds(things):
    out = []
    for k in range(400):
        x = things[k * len(things) // 400]
        out.append((sum(x), max(x), min(x), len(list(x)), any(x), all(x), sorted(x)[-1]))
    seen = []
    for t in out:
        if t not in seen:
            seen.append(t)
    print(seen, len(out))


kinds([Count(3), [1, 2], Count(4), (3, 4.5), Get(), L([1]), {5: 6}, range(3), Count(1)])


def keyed(keys):
    s = 0
    for k in range(300):
        key = keys[k * len(keys) // 300]
        s += min([3, -4, 2], key=key) + max((3, -4, 2), key=key) + sorted([3, -4, 2], key=key, reverse=k & 1)[0]
        s += min([], default=k) + max((), key=key, default=1)
    return s


print(keyed([None]), keyed([abs]), keyed([None, abs, None, lambda x: -x]))
try:
    keyed([abs, None, 5])
except TypeError as e:
    print(e)


def raising(bad):
    n = 0
    for k in range(300):
        n += sum(10 // (x - (k if k == bad else -1)) for x in (250, 260, 270))
    return n


print(raising(-5))
try:
    raising(260)
except ZeroDivisionError as e:
    print(lines(e))


def any_raising(bad):
    for k in range(300):
        if any(x[0] > k for x in ([400], bad if k == 200 else [1])) is None:
            return
        if not all(x[0] > -1 for x in ([400], bad if k == 250 else [1])):
            return k


print(any_raising([-3]))
try:
    any_raising([])
except IndexError as e:
    print(lines(e))


def strs():
    for k in range(300):
        try:
            sum((c for c in "ab"), "" if k == 290 else 0)
        except TypeError as e:
            message = str(e)
        if k in (0, 288, 290):
            print(message)


strs()


def growing():
    xs = [1]
    s = 0
    for k in range(120):
        s += sum(xs.append(x) or x for x in xs if len(xs) < k)
        xs = xs[:2]
    return s, xs


print(growing())


def shared():
    out = []
    for k in range(150):
        it = iter([1, 2, 3, 4, 5])
        out.append((any(x > 1 for x in it), sum(it), next(it, k), list(it)))
    return out[0], out[-1], len(out)


print(shared())


def nested():
    s = 0
    for k in range(100):
        s += sum(sum(x * y for x in range(3)) for y in (k, 1)) + max(sum(x for x in (k, y)) for y in range(2))
        s += sum(len(list(z for z in range(y))) for y in (1, 2))
    return s


print(nested())


def kinds_of_sums():
    out = set()
    for k in range(200):
        out.add(sum(x for x in ((1, 2, 3.5) if k < 150 else (True, 2, 3))))
        out.add(sum([x for x in ([k % 3], [2])], []) == [k % 3, 2])
        out.add(sum((2**62 for x in (1, 2, 3)), k % 2))
    return sorted(out)


print(kinds_of_sums())
base = sum


def replaced():
    global sum
    s = 0
    for k in range(200):
        if k == 150:
            sum = lambda it: len(list(it))
        s += sum(x for x in (10, 20))
    sum = base
    return s


print(replaced(), replaced())


def closures():
    fs = []
    for k in range(150):
        def f(a, b=k, *, c=[k]):
            return a + b + c[0] + k
        fs.append(f)
        g = lambda x: f(x)
        if k > 140:
            print(g(1), f.__defaults__, f.__kwdefaults__, f.__name__, f.__closure__ is None, end="; ")
    print(fs[3](1), fs[100](1, 2), fs[100] is fs[101], fs[100].__code__ is fs[101].__code__)


closures()
raising(260)
