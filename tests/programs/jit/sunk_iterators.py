# Iterators that a trace makes and uses up: exits find them half-way, escape them, or go on with them.
class Odd:
    def __init__(self, v):
        self.v = v

    def __mul__(self, other):
        return self.v * other


def half(n, bad):
    out = []
    s = 0
    for k in range(n):
        t = (1, 2, 3) if k != bad else (1, Odd(5), 3)
        it = iter(t)
        a = next(it)
        b = next(it) * k
        if b > 10**9:
            out.append(list(it))
        s += a + b
        if k == bad + 3:
            out.append(it)
    return s, [list(i) for i in out]


print(half(200, -5), half(200, 120))


def escapes(n):
    kept = []
    for k in range(n):
        it = iter([k, k + 1, k + 2])
        x = next(it)
        if k % 50 == 49:
            kept.append((x, it))
    return [(x, list(it), list(it)) for x, it in kept]


print(escapes(220))


def enumerated(n, bad):
    s = 0
    found = []
    for k in range(n):
        e = enumerate((1, 2, "x" if k == bad else 3), k)
        for i, x in e:
            if x == "x":
                found.append((i, list(e), next(e, "end")))
                break
            s += i * x
    return s, found


print(enumerated(200, -1), enumerated(200, 150))


def broken(n):
    rest = []
    for k in range(n):
        e = enumerate([k, 2, 3, 4])
        z = zip((1, 2), [3, 4])
        for i, x in e:
            if x == 190:
                break
        for a, b in z:
            if b * k == 4 * 195:
                break
        rest.append((next(e, None), next(z, None)))
    return rest[0], rest[190], rest[195], rest[-1]


print(broken(200))


def mutated(n):
    s = 0
    for k in range(n):
        xs = [1, 2, 3]
        it = iter(xs)
        s += next(it)
        if k > 150:
            xs.append(k)
            xs[1] = k
        for x in it:
            s += x
        xs.append(7)
        s += next(it, 1000)
    return s


print(mutated(200))


def raising(n):
    lines = []
    for k in range(n):
        it = iter((5, 4, 200 - k))
        try:
            for x in it:
                k // (x - 20)
        except ZeroDivisionError as e:
            lines.append((k, e.__traceback__.tb_lineno, next(it, "none")))
    return lines


print(raising(200))


def generators(n):
    def pairs(t):
        for i, x in enumerate(t):
            yield i + x
            if x == 77:
                return

    out = []
    for k in range(n):
        g = pairs((1, 2, 77 if k == 140 else 3))
        total = next(g)
        for v in g:
            total += v
        out.append(total)
        if k == 141:
            h = pairs([1, 2])
            next(h)
            out.append((h.gi_running, list(h)))
    return out[0], out[140], out[141], out[142], out[-1]


print(generators(200))


def reversing(n):
    s = 0
    for k in range(n):
        r = reversed((1, 2, k))
        s += next(r)
        for x in r:
            s -= x * k
            if s < -39000 and k > 198:
                return s, list(r), k
    return s


print(reversing(200), reversing(205))


def types(n):
    seen = []
    for k in range(n):
        its = iter((1,)), iter([1]), enumerate((1,)), reversed((1,)), map(str, (1,)), iter(range(2))
        if k in (0, n - 1):
            seen.append([type(i).__name__ for i in its])
    return seen


print(types(150))
