# Lists changed by the loop over them.
def append(n):
    xs = [1]
    for x in xs:
        if len(xs) < n:
            xs.append(x + 1)
    return len(xs), sum(xs)


print(append(200))


def remove(n):
    xs = list(range(n))
    seen = 0
    for x in xs:
        seen += 1
        if x % 2 == 0:
            xs.remove(x)
    return seen, xs[:5], len(xs)


print(remove(120))


def pop(n):
    xs = list(range(n))
    t = 0
    for x in xs:
        t += x
        xs.pop()
    return t, len(xs)


print(pop(200))


def insert(n):
    xs = [0, 1]
    c = 0
    for x in xs:
        c += 1
        if c > n: break
        xs.insert(0, c)
    return c, x, len(xs)


print(insert(100))


def replaced(n):
    xs = list(range(n))
    t = 0
    for x in xs:
        t += x
        xs = [100]
    return t, xs


print(replaced(100))


def cleared(n):
    xs = list(range(n))
    t = 0
    for x in xs:
        t += x
        if x == 80:
            xs.clear()
    xs.append(5)
    return t, xs


print(cleared(100))


def exhausted(n):
    xs = list(range(n))
    it = iter(xs)
    t = sum(1 for x in it)
    xs.append(99)
    return t, list(it), next(it, 'none')


print(exhausted(80))


def types(n):
    xs = [0] * n
    out = 0
    for i, x in enumerate(xs):
        out += 1 if type(x) is int else 100
        if i + 3 < n: xs[i + 3] = x + 0.5 if i % 4 == 3 else x
    return out, xs[-3:]


print(types(100))


def reverse(n):
    xs = list(range(n))
    t = []
    for x in reversed(xs):
        t.append(x)
        if x % 5 == 0: del xs[-1]
    return len(t), t[-3:], len(xs)


print(reverse(100))


def sliced(n):
    xs = list(range(n))
    c = 0
    for x in xs[:]:
        xs[:] = xs[1:] + xs[:1]
        c += xs[0] == x + 1
    xs[::2] = xs[1::2]
    return c, xs[:6]


print(sliced(90))
