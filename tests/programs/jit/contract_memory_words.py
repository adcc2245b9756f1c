# Loops whose next iteration goes on with what the last one put into memory: a side trace that comes to the loop's head has
# something else there.


def cell(n, b):
    def other():
        nonlocal b

    for i in range(n):
        b = b / 23
    return b


for k in range(3):
    for n in (9, 17, 24, 40):
        print(n, cell(n, 2 ** 59), cell(n, 0), cell(n, 1.5))


def cell_now_and_then(n, e):
    def other():
        nonlocal e

    for i in range(n):
        if e and i % 2:
            e = e * 0.5 + 3
    return e


def cell_of_before(n, m, b):
    def other():
        nonlocal b

    t = 0
    x = 1
    for i in range(n):
        t += b
        if i % m != 1:
            b = x * 0.5
        x = x + 1
    return t, b


def attribute_of_before(o, n, m):
    t = 0
    x = 1
    for i in range(n):
        t += o.a
        if i % m != 1:
            o.a = x * 0.5
        x = x + 1
    return t, o.a


def item_of_before(xs, n, m):
    t = 0
    x = 1
    for i in range(n):
        t += xs[0]
        if i % m != 1:
            xs[0] = x * 0.5
        x = x + 1
    return t, xs


class P:
    def __init__(self, a, b):
        self.a = a
        self.b = b


for n in (5, 17, 30, 60):
    print(n, cell_now_and_then(n, 1), cell_now_and_then(n, 0.5), cell_now_and_then(n, 2 ** 60))
    for m in (2, 3, 7, 23):
        print(m, cell_of_before(n, m, 0), cell_of_before(n, m, 1.5), attribute_of_before(P(0.5, 0), n, m))
        print(attribute_of_before(P(7, 0), n, m), item_of_before([1.5], n, m), item_of_before([2], n, m))


# Objects that only exits need, which were made in another iteration than the last.
def made_before(n, a, b, c, e):
    for i in range(1, n):
        for j in range(5):
            c, e = c, a
            if e == b and i % 11 == 3:
                continue
            o = P(c, i)
        a = b
    return o.a, o.b


def made_now_and_then(n, m):
    o = P(0, 0)
    for i in range(n):
        if i % m == 1:
            continue
        o = P(i, n)
    return o.a, o.b


def kept_from_before(n, m):
    t = 0
    o = p = P(0.5, 0)
    for i in range(n):
        t += o.a * 3 + p.b
        if i % m == 1:
            o = p
            continue
        p, o = o, P(i * 0.5, t)
    return t, o.a, o.b, p.a, p.b


def tuples_from_before(n, m):
    t = (0, 1)
    s = 0
    for i in range(n):
        s += t[1]
        if i % m == 1:
            continue
        if i % 13 == 5:
            t = (i, s, 3)
        else:
            t = (i, s)
    return t, s % 1000003


for n in (4, 4, 5, 8, 16, 30):
    print(made_before(n, (1, 2), "", 7, 2 ** 60 - 1), made_before(n, "", "", 7, 3))
for n in (4, 9, 30, 70):
    for m in (2, 3, 7, 23):
        print(n, m, made_now_and_then(n, m), kept_from_before(n, m), tuples_from_before(n, m))


# A while loop in a loop: floats, a cell and items that are no numbers.
def in_loops(n, a, b):
    def other():
        nonlocal b

    ys = [0, 0.5, "y"]
    for i, c in zip(range(n), ys * n):
        j = 0
        while j < 5 and c and i % 23:
            c = b
            b = 0
            b, c = c, b
        b += a
    return b


for n in (5, 40, 40, 17):
    print(in_loops(n, -(2 ** 60), 1.5), in_loops(n, 2, 3), in_loops(n, 0.25, 1))
