# What a loop stores is also what it computes next: a side trace that comes back with another value in memory must not bring
# that for both.


def cell(n, a, b):
    def shown():
        return a

    for i in range(n):
        for k in range(5):
            b = b * 3 % 1000003
            if a:
                pass
            a = b * 3
        b = a
    return a, b, shown()


print(cell(40, 1, 1), cell(3, 0, 2))


def limited(n, a, b):
    def shown():
        return a

    for i in range(n):
        for k in range(5):
            b = b * 3 % (1 << 61)
            if a:
                pass
            a = b * 3 if b < 1 << 59 else 1
        b = a
    return a, b, shown()


print(limited(40, 1, 1))


class Pair:
    def __init__(self):
        self.x = 1
        self.y = 2.5


def attribute(n, b):
    p = Pair()
    out = []
    for i in range(n):
        for k in range(4):
            b = b + 7 & 0xFFFF
            if p.x > 3:
                p.y += 0.5
            p.x = b ^ 21
        if i % 3 == 0:
            p.x = i
        b = p.x - 2
        out.append(b)
    return sum(out), p.x, p.y


print(attribute(60, 5))


def item(n, b):
    xs = [0, 1]
    for i in range(n):
        for k in range(4):
            b = (b * 5 + k) % 8191
            if xs[1]:
                xs[0] += 1
            xs[1] = b * 5
        b = xs[1] if i % 2 else i
        xs[1] = b
    return xs, b


print(item(60, 3))


def double(n, b):
    a = 0.0

    def shown():
        return a

    for i in range(n):
        for k in range(4):
            b = b * 0.5 + 1.25
            if a < 9:
                b += 0.125
            a = b * 3.0
        b = a
        if i % 5 == 0:
            a = 1.0
    return a, b, shown()


print(double(50, 2.0))
