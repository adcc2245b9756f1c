# Loops that run not at all, once or twice, inside hot functions.
def small(n):
    t = 0
    for i in range(n):
        for j in range(i % 3):
            t += j + 1
            for k in range(j):
                t += 100
        else:
            t += 0.5
    return t


print(small(200))


def whiles(n):
    c = 0
    for i in range(n):
        x = i
        while x % 4:
            x -= 1
            c += 1
        while x < i:
            x += 3
            c += 100
            if x > i + 1: break
        else:
            c += 10000
    return c


print(whiles(150))


def lists(n):
    xs = [[], [1], [1, 2], (3,), 'ab', {5: 6}, range(2)]
    t = 0
    for i in range(n):
        for x in xs[i % 7]:
            t += x if isinstance(x, int) else ord(x)
    return t


print(lists(140))


def first(n):
    t = 0
    for i in range(n):
        for x in range(i, i + 10):
            if x % 7 == 0: break
        t += x
    return t


print(first(100))


def twice(f):
    out = []
    for _ in range(2):
        out.append(f())
    return out


def inner():
    t = 0
    for i in range(2):
        t += i + len('ab')
    return t


print([twice(inner) for _ in range(80)][-1])


def gens(n):
    def g(k):
        for i in range(k): yield i
    t = 0
    for i in range(n):
        for x in g(i % 3): t += x + 1
        t += len([x for x in g(i % 2)])
    return t


print(gens(100))


def one_pass(n):
    t = 0
    for i in range(n):
        while True:
            t += i
            break
        for _ in (0,): t += 1
        for _ in (): t += 1000
        try:
            for _ in range(2):
                if i % 5 == 0: raise KeyError
                t += 2
        except KeyError:
            t -= 1
    return t


print(one_pass(90))
