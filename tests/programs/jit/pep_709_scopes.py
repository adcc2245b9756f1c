# Comprehensions beside loop variables and cells of the same names, at module and function level.
i = 'global'
out = [i for i in range(80)]
print(i, out[-1])


def run(n):
    t = 0
    for i in range(n):
        xs = [i * 2 for i in range(3)]
        t += i + sum(xs)
        f = [lambda: i for i in range(2)]
        t += f[0]() + f[1]()
        ys = {i: [i for i in range(i)] for i in range(3)}
        t += len(ys[2])
    return t, i


print(run(80))


def cells(n):
    fs = []
    x = 1
    def get(): return x
    for k in range(n):
        zs = [x + k for _ in range(2)]
        x = zs[0]
        if k % 30 == 0: fs.append(lambda: (x, k))
        ws = [x for x in (5, 6)]
        if get() != zs[0] or x == 6: return 'wrong'
    return x, [f() for f in fs]


print(cells(90))


class C:
    n = 70
    squares = [j * j for j in range(n)]
    last = squares[-1]
    try:
        bad = [n for _ in range(1)]
    except NameError:
        bad = 'no'
    for q in range(80):
        last += q


print(C.last, len(C.squares), C.bad, C.q)


def unbound(n):
    c = 0
    for k in range(n):
        try:
            v
        except UnboundLocalError:
            c += 1
        vs = [v for v in range(3)]
        if k == n - 2: v = 5
    return c, v, vs


print(unbound(60))


def exceptions(n):
    c = 0
    for k in range(n):
        try:
            c += sum([10 // (k % 7 - j) for j in range(7)])
        except ZeroDivisionError:
            c += k
        else:
            c += 100000
    return c, k


print(exceptions(80))


def nested_lambda(n):
    return [[(lambda a: a + i + j)(k) for k in range(2)] for i in range(n) for j in range(2) if (i + j) % 50 == 0]


print(nested_lambda(101))
