# break, continue and else of loops, nested, with finally between.
def run(n):
    t = 0
    for i in range(n):
        for j in range(i % 10):
            if j == 7: break
            if j % 2: continue
            t += j
        else:
            t += 1000
        while t % 3:
            t += 1
            if t % 5 == 0: break
        else:
            t += 1
    else:
        t += 0.5
    return t


print(run(150))


def primes(n):
    out = []
    for i in range(2, n):
        for p in out:
            if i % p == 0: break
        else:
            out.append(i)
    return out


print(primes(200)[-3:], len(primes(300)))


def inner_break(n):
    log = 0
    i = 0
    while i < n:
        i += 1
        try:
            for k in range(4):
                try:
                    if k == i % 5: break
                    if i % 3 == 0: continue
                    log += 1
                finally:
                    log += 100
            else:
                log += 10000
        finally:
            if i % 50 == 0: log += 7
            log -= 1
    return log


print(inner_break(120))


def flags(n):
    out = []
    found = None
    for i in range(n):
        if found is None:
            if i * i > 2000: found = i
            continue
        out.append(i - found)
        if len(out) > 40: break
    return found, sum(out), i


print(flags(200))


def forever(n):
    i = 0
    while 1:
        i += 1
        if i % 2: continue
        if i > n: break
    while i:
        i -= 1
        if i % 3: pass
        elif i < 20: break
    return i


print(forever(150))


def many_exits(n):
    for i in range(n):
        for j in range(50):
            if i * j == 3000: return 'product', i, j
            if i + j == 140: return 'sum', i, j
    return 'none'


print(many_exits(50), many_exits(90), many_exits(150))
