# Exceptions through generators: raised in one, handled in one, thrown in, with the handled exception swapped at yields.


def source(n):
    for k in range(n):
        if k % 4 == 3:
            raise ValueError(k)
        yield k


def guarded(n):
    for k in range(n):
        try:
            if k % 3 == 0:
                raise KeyError(k)
            yield k
        except KeyError as e:
            yield -e.args[0]
        finally:
            counts[0] += 1


counts = [0]


def in_handler(n):
    for k in range(n):
        try:
            raise IndexError(k)
        except IndexError:
            yield k
            try:
                raise
            except IndexError as e:
                yield e.args[0] * 2


def delegating(n):
    try:
        yield from source(n)
    except ValueError as e:
        yield e.args[0] + 100


def closing(n):
    try:
        while True:
            yield n
    finally:
        counts[0] += 1000


def catcher():
    got = 0
    while True:
        try:
            x = yield got
            got += x
        except LookupError as e:
            got -= e.args[0]


def main():
    total = 0
    for n in range(600):
        for x in delegating(n % 7):
            total += x
    print(total)
    print(sum(guarded(1000)), counts)
    total = 0
    for x in in_handler(500):
        try:
            if x % 5 == 0:
                raise TypeError(x)
            total += x
        except TypeError as e:
            total += e.__context__ is None
    print(total)
    for n in range(300):
        g = closing(n)
        next(g)
        next(g)
        g.close()
    print(counts)
    c = catcher()
    next(c)
    last = 0
    for n in range(900):
        if n % 4 == 1:
            last = c.throw(KeyError(n))
        else:
            last = c.send(n)
    print(last)
    misses = 0
    for n in range(500):
        it = iter([1, 2, 3][: n % 4])
        try:
            while True:
                misses += next(it)
        except StopIteration:
            misses += 1000
    print(misses)
    bad = 0
    for n in range(200):
        try:
            list(x for x in source(n % 9))
        except ValueError as e:
            bad += e.args[0]
    print(bad)


main()
