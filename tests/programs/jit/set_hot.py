# Sets in hot loops.
def run(n):
    s = set()
    added = 0
    for i in range(n):
        x = i * i % 61
        if x not in s:
            s.add(x)
            added += 1
        if i % 10 == 9:
            s.discard(x)
    return added, sorted(s)


print(run(200))


def algebra(n):
    a = set(range(20))
    b = frozenset(range(10, 30))
    t = 0
    for i in range(n):
        t += len(a & b) + len(a | b) * 2 + len(a - b) * 3 + len(a ^ b) * 5
        t += (a < b) + (a & b <= b) * 7
        a.remove(i % 20) if i % 20 in a else a.add(i % 20 + i % 3)
    return t, sorted(a)


print(algebra(120))


def mixed(n):
    s = {1, 1.0, True, 0, False, 'a', None, (1, 2)}
    c = 0
    for i in range(n):
        c += (i % 3 in s) + ((1, i % 4) in s) * 10 + ('abc'[i % 3] in s) * 100
    return c, len(s)


print(mixed(90))


def errors(n):
    s = set()
    e = 0
    for i in range(n):
        try:
            s.remove(i)
        except KeyError as x:
            e += x.args[0]
            s.add(i + 2)
    try:
        for i in range(n):
            s.add([i] if i == 80 else i)
    except TypeError as x:
        return e, len(s), i


print(errors(100))


def pop(n):
    s = set(range(n))
    t = 0
    while s:
        t += s.pop()
    try:
        s.pop()
    except KeyError as e:
        return t, str(e)


print(pop(100))


def constants(n):
    c = 0
    for i in range(n):
        if i % 10 in {1, 2, 3}: c += 1
        if 'xyz'[i % 3] in ('x', 'y'): c += 10
        if i in {0: 1, 50: 2}: c += 100
        if i not in [5, 6, 7]: c += 1000
    return c


print(constants(100))
