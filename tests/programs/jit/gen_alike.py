# Generators of the same code inside each other: what one stores is not the other's.


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def twice(n):
    for x in count(n):
        yield x
        yield -x


def nested(n, depth):
    if depth == 0:
        yield from count(n)
        return
    for x in nested(n, depth - 1):
        yield x + 1


def deeper(n, depth):
    if depth:
        yield from deeper(n, depth - 1)
    yield n


def both(n):
    a, b = count(n), count(n)
    t = 0
    for x in a:
        y = next(b)
        t += x * y
        if x % 10 == 0:
            t += next(a, 0)
    return t


def same_twice(n):
    g = count(n)
    t = 0
    for x in g:
        for y in g:
            t += x * y
            if y % 5 == 0:
                break
    return t


def itself():
    def gen():
        for i in range(3):
            yield next(me)

    me = gen()
    try:
        return list(me)
    except ValueError as e:
        return str(e)


def main():
    print(sum(twice(100)), [sum(nested(60, d)) for d in range(6)], [sum(deeper(3, d)) for d in range(8)])
    print(both(100), same_twice(200), [itself() for _ in range(60)][-1])


main()
