# int(), str(), round(), abs(), divmod(), min(), max() over small, big, float and bool arguments.
def run(xs, n):
    t = 0
    for i in range(n):
        x = xs[i % len(xs)]
        t += int(x) + abs(x) * 2 - round(x)
    return t


print(run([1, -2, 3], 90), run([1, 2.5, -3.5, True], 100), run([2 ** 60, -2 ** 60, 0.25], 90))


def texts(n):
    c = 0
    for i in range(n):
        x = (i - 50) * 2 ** (i % 65)
        if int(str(x)) != x or int(hex(x), 16) != x or int(bin(x), 2) != x: return 'wrong'
        c += len(str(x))
    return c


print(texts(130))


def errors(n):
    seen = {}
    for i in range(n):
        try:
            r = int(('12', 'x', '', ' 7 ', '1_0', '0x1f', None, [], 1e400, '٣')[i % 10])
        except (ValueError, TypeError, OverflowError) as e:
            r = str(e)
        seen[r] = seen.get(r, 0) + 1
    return seen


for k, v in errors(100).items(): print(k, v)


def extremes(n):
    out = []
    for i in range(n):
        out = [min(i, 50), max(i, 50.0), min(i, 50.0, -i), max([i, 2 ** 61]), min((i, True)), max(1, True), max(True, 1),
               min('b', 'a'), max(range(i + 1)), min([i], default=3), max([], default=i), max(i, -i, key=abs)]
    return out


print(extremes(60), extremes(45))


def divmods(n):
    t = 0
    for i in range(-n, n):
        for d in (3, -3, 2.5, 2 ** 61):
            q, r = divmod(i, d)
            t += q * 3 + r if d != 2.5 else int(q + r)
    return t


print(divmods(50))


def rounds(n):
    out = []
    for i in range(n):
        out.append((round(i / 4), round(i / 4, 1), round(i * 1000, -2), round(-i - 0.5)))
    return out[1:12:3], out[-1]


print(rounds(80))


class I:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v
    def __int__(self): return self.v * 10


def own(n):
    xs = list(range(10))
    return sum(xs[I(i % 10)] + int(I(i)) + len(range(I(i % 3))) for i in range(n))


print(own(80))
