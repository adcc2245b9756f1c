# Negative zero lives through loops, phis, exits and containers.
def signs(n):
    x = 0.0
    out = []
    for i in range(n):
        x = -x
        if i % 10 == 0:
            out.append(x)
        if i % 25 == 24:
            x = x * -1.0
    return out


print(signs(100))


def products(n):
    neg = pos = 0
    for i in range(n):
        x = 0.0 * (i - n // 2)
        if str(x) == '-0.0':
            neg += 1
        else:
            pos += 1
    return neg, pos


print(products(101))


def sums(n):
    x = -0.0
    for i in range(n):
        x = x + -0.0
    y = -0.0
    for i in range(n):
        y = y + 0
    z = 0.0
    for i in range(n):
        z = z - 0.0
    w = -0.0
    for i in range(n):
        w = w - 0.0
    return x, y, z, w


print(sums(100))


def same(n):
    t = 0
    for i in range(n):
        a = 0.0 if i % 2 else -0.0
        t += (a == 0) + (a == -0.0) * 10 + (not a) * 100 + (a < 0) * 1000 + (str(a)[0] == '-') * 10000
    return t


print(same(90))


def divide(n):
    out = []
    for i in range(n):
        x = -0.0 if i % 2 else 0.0
        out.append((x // 3.0, x % 3.0, x % -3.0, -x, abs(x), x * x, x - x))
    return out[-2:]


print(divide(80))
print([round(-0.4 + i * 0.0, 0) for i in range(70)][-1], [int(-0.5) for i in range(70)][-1])
