# Chained comparisons evaluate the middle once and stop at the first false one.
log = []


def mid(x):
    log.append(x)
    return x


def run(n):
    c = 0
    for i in range(n):
        if 10 < mid(i) < 50 <= mid(i * 2):
            c += 1
        if not 0 <= i % 7 != 3:
            c += 100
    return c


print(run(100), len(log), sum(log))


def types(xs):
    c = 0
    for x in xs:
        if 1 <= x <= 5 == x:
            c += 1
        elif 1 <= x <= 5:
            c += 10
        else:
            c += 100
    return c


print(types([1, 5, 7] * 30), types([1.0, 5.0, 2.5, 7, 5, True] * 30))
print(types([float('nan'), 3] * 50))


class V:
    def __init__(self, v): self.v = v
    def __le__(self, o):
        log.append('le')
        return self.v <= (o.v if isinstance(o, V) else o)
    def __ge__(self, o):
        log.append('ge')
        return self.v >= (o.v if isinstance(o, V) else o)
    def __eq__(self, o):
        log.append('eq')
        return self.v == (o.v if isinstance(o, V) else o)


log.clear()
print(types([V(1), V(5), V(9)] * 30), len(log), log[:9])


class Odd:
    def __lt__(self, o): return [] if o % 2 else 'yes'


def odd(n):
    out = []
    x = Odd()
    for i in range(n):
        out.append(x < i)
        out.append(x < i < 50)
    return out[:4], out[-4:], len(out)


print(odd(80))
