# Generators left half-way: closed, dropped, continued elsewhere, exhausted.
def squares(n, log):
    try:
        for i in range(n):
            yield i * i
        log.append('end')
    finally:
        log.append('finally')


def run(n):
    log = []
    t = 0
    for k in range(n):
        g = squares(k % 10 + 3, log)
        for x in g:
            t += x
            if x > 20: break
        else:
            t += 1000
        g.close()
        t += sum(g)
    return t, log.count('end'), log.count('finally')


print(run(100))


def resume(n):
    g = squares(n, [])
    t = 0
    for i in range(60):
        t += next(g)
    for x in g:
        t -= x
        if x > 10000: break
    rest = list(g)
    return t, len(rest), rest[:2], next(g, 'done')


print(resume(150))


def interleaved(n):
    a, b = squares(n, []), squares(n * 2, [])
    t = 0
    for x in a:
        t += x * next(b) - next(b)
    return t, next(b, None)


print(interleaved(100), interleaved(61))


def zipped(n):
    return sum(x * y for x, y in zip(squares(n, []), (i + 1 for i in range(n * 3))))


print(zipped(100))


def many(n):
    gs = [squares(n, []) for _ in range(7)]
    t = 0
    for i in range(n * 7):
        t = (t * 3 + next(gs[i % 7])) % 1000003
    return t, [next(g, None) for g in gs]


print(many(40))


def in_a_generator(n):
    def outer():
        for x in squares(n, []):
            for y in squares(x % 4, []):
                yield x + y
    t = 0
    for z in outer(): t += z
    return t


print(in_a_generator(80))
