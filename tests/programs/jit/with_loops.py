# with in hot loops: left by break, continue, return and exceptions that are or are not swallowed.
class CM:
    def __init__(self, log, swallow=False): self.log, self.swallow = log, swallow
    def __enter__(self):
        self.log.append(1)
        return self.log
    def __exit__(self, t, v, tb):
        self.log.append(10 if t is None else 100)
        return self.swallow and t is not KeyError


def run(n):
    log = []
    c = 0
    for i in range(n):
        try:
            with CM(log, i % 2) as l:
                if i % 5 == 0: continue
                if i % 7 == 0: raise ValueError(i)
                if i % 11 == 0: raise KeyError(i)
                c += len(l)
        except (ValueError, KeyError) as e:
            c += e.args[0] * 1000
    return c, sum(log), len(log)


print(run(150))


def leave(n):
    log = []
    def f(i):
        with CM(log):
            with CM(log, True):
                if i % 3 == 0: return i
                if i % 3 == 1: raise ValueError
            return -i
    t = sum(f(i) for i in range(n))
    for i in range(n):
        with CM(log):
            if i == 80: break
    return t, i, sum(log)


print(leave(100))


def two(n):
    a, b = [], []
    for i in range(n):
        with CM(a, True) as x, CM(b, i % 2) as y:
            x.append(i)
            if i % 3 == 0: 1 // (i % 2)
            y.append(i)
    return sum(a), sum(b), len(a), len(b)


print(two(90))


class X:
    def __enter__(self): return 1
    def __exit__(self, *a): return False


def changing(n):
    t = 0
    for i in range(n):
        try:
            with X() as v:
                t += v
                if i % 10 == 9: raise LookupError
        except LookupError:
            t += 1000
        if i == 50: X.__enter__ = lambda self: 2.5
        if i == 70: X.__exit__ = lambda self, *a: True
        if i == 90: del X.__exit__
        if i == 91: X.__exit__ = lambda self, *a: None
    return t


try:
    print(changing(90))
    print(changing(100))
except TypeError as e:
    print(e)


class Failing:
    def __init__(self, i): self.i = i
    def __enter__(self):
        if self.i % 4 == 1: raise OSError('enter')
        return self
    def __exit__(self, *a):
        if self.i % 4 == 2: raise OSError('exit')


def fails(n):
    c = {}
    for i in range(n):
        try:
            with Failing(i):
                if i % 8 == 6: raise KeyError('body')
            r = 'ok'
        except Exception as e:
            r = str(e), type(e.__context__).__name__
        c[r] = c.get(r, 0) + 1
    return c


print(fails(96))
