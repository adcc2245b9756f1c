# Generator expressions and comprehensions over things that change meanwhile.
def run(n):
    k = 1
    t = 0
    for i in range(n):
        g = (x * k for x in range(5))
        k = i
        t += sum(g)
    return t


print(run(100))


def filters(n):
    return (sum(x for x in range(n) if x % 3 if x % 5), max(x ^ 37 for x in range(n)),
            any(x > n - 2 for x in range(n)), all(x < n - 1 for x in range(n)),
            sorted(-x % 7 for x in range(n))[::20], len({x % 13 for x in range(n)}),
            {x % 4: x for x in range(n)})


print(filters(150))


def appended(n):
    xs = [1]
    g = (x + 1 for x in xs)
    for y in g:
        if len(xs) < n:
            xs.append(y)
    return len(xs), xs[-1], sum(xs)


print(appended(150))


def nested(n):
    m = [[i * j for j in range(6)] for i in range(n)]
    return sum(sum(r) for r in m), [x for r in m for x in r if x % 11 == 0][:8], [list(c)[:3] for c in zip(*m)]


print(nested(60))


def shadow(n):
    x = 'outer'
    t = 0
    for i in range(n):
        t += len([x for x in range(i % 5)])
        if x != 'outer': return 'leaked'
    return t, x


print(shadow(80))


def walrus(n):
    out = [y for x in range(n) if (y := x * x % 7) > 2]
    return len(out), y, sum(out)


print(walrus(100))


def lambdas(n):
    fs = [lambda: i for i in range(n)]
    gs = [lambda i=i: i for i in range(n)]
    return sum(f() for f in fs), sum(g() for g in gs)


print(lambdas(70))


def errors(n):
    c = 0
    for i in range(n):
        try:
            c += sum(1 // (x - 3) for x in range(i % 7))
        except ZeroDivisionError:
            c += 1000
    return c


print(errors(70))
