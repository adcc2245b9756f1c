# Augmented assignment to names, items, attributes and slices, each part evaluated once.
log = []


def at(x):
    log.append(x)
    return x


class P:
    def __init__(self): self.v = 0


def run(n):
    xs = [0] * 5
    d = {'k': 1}
    p = P()
    for i in range(n):
        xs[at(i) % 5] += i
        d['k'] *= 1 if i % 10 else 2
        p.v -= xs[i % 5]
        xs[-1] |= i
        p.v ^= 3
        d['k'] %= 1000
    return xs, d, p.v, len(log)


print(run(100))


def aliases(n):
    a = b = [1]
    s = t = 'x'
    u = v = (1,)
    x = y = {1}
    for i in range(n):
        a += [i]
        s += 'y'
        u += (i,)
        x |= {i}
        if len(a) > 20: a = b = [i]
        if len(s) > 20: s = t
    return a is b, len(b), s, t, len(u), v, x is y, len(y)


print(aliases(90))


def types(n):
    x = 1
    out = []
    for i in range(n):
        x += i
        if i == 20: x /= 2
        if i == 40: x = int(x); x <<= 40
        if i == 60: x //= 3; x **= 2
        if i == 70: x >>= 90; x &= 0xFFF
        if i % 10 == 0: out.append(x)
    return out


print(types(80))


def fails(n):
    t = ([0], 1)
    c = 0
    for i in range(n):
        try:
            t[0] += [i]
            c += 1000
        except TypeError as e:
            c += 1
            text = str(e)
    return c, len(t[0]), text


print(fails(70))


def order(n):
    out = []
    def f(k):
        out.append(k)
        return xs
    xs = [0, 0]
    for i in range(n):
        f('a')[out.append('b') or 0] += out.append('c') or 1
    return xs, ''.join(out[:9]), len(out)


print(order(70))


def matrix(n):
    m = [[0] * 3 for _ in range(3)]
    for i in range(n):
        m[i % 3][(i + 1) % 3] += 1
        m[i % 2][i % 3] *= 2
        m[2][i % 3] -= 0.5
    return m


print(matrix(60))
