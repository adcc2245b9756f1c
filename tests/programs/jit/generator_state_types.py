# Generators whose locals change type between yields, and generators in attributes and lists.
def gen(n):
    x = 0
    for i in range(n):
        x += i
        if i == 50: x = float(x)
        if i == 70: x = 2 ** 60 - 5
        if i == 90: x = str(x); yield x; x = 0
        yield x


print([v for v in gen(110)][::13], sum(v for v in gen(60)))


class Source:
    def __init__(self, n): self.g = gen(n); self.count = 0
    def __iter__(self): return self
    def __next__(self):
        self.count += 1
        return next(self.g)


def attr(n):
    s = Source(n)
    t = 0
    for v in s:
        if isinstance(v, str): t += len(v)
        else: t += v
    return t, s.count, next(s, 'none')


print(attr(120))


def round_robin(n):
    gs = [gen(10 + i) for i in range(n)]
    t = rounds = 0
    while gs:
        rounds += 1
        for g in gs[:]:
            try:
                t += next(g)
            except StopIteration:
                gs.remove(g)
    return t, rounds


print(round_robin(30))


def pipeline(n):
    def nat():
        i = 0
        while True:
            yield i
            i += 1
    def odd(it):
        for x in it:
            if x % 2: yield x
    def square(it):
        for x in it: yield x * x
    def take(k, it):
        for _, x in zip(range(k), it): yield x
    return sum(take(n, square(odd(nat()))))


print(pipeline(100), pipeline(101))


def reentrant(n):
    c = 0
    def g():
        yield next(it)
    for i in range(n):
        it = g()
        try:
            next(it)
        except ValueError as e:
            c += 1
            text = str(e)
    return c, text


print(reentrant(60))


def closure(n):
    k = 0
    def g():
        nonlocal k
        while k < n:
            k += 1
            yield k
    a, b = g(), g()
    t = 0
    for x in a:
        t += x - next(b, 0)
    return t, k


print(closure(90), closure(91))


def state(n):
    def g(a, *args, k=2, **kw):
        for i in range(n):
            a += k
            yield a, len(args), i in kw
    return [x for x in g(0.5, 1, 2, k=3, z=1)][-2:], sum(a for a, _, _ in g(1))


print(state(70))
def fresh(n):
    c = 0
    for i in range(n):
        g = gen(3)
        c += next(g) + next(g)
        del g
        c += len(list(gen(i % 4)))
    return c
print(fresh(80))
