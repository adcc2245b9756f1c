# Products whose overflow differs from that of their tagged words.
ms = [1, -1, 2, 3, -7, 2 ** 29, 2 ** 30, -2 ** 30, 2 ** 31 - 1, 2 ** 45, 2 ** 59, 2 ** 60 - 1, -2 ** 60, 2 ** 60, 2 ** 64]


def table(n):
    t = 0
    for _ in range(n):
        for a in ms:
            for b in ms:
                p = a * b
                if p // b != a or p % a or p != b * a: return 'wrong', a, b
                t ^= p
    return t


print(table(3))


def powers(b, n):
    x, out = 1, []
    for i in range(n):
        x *= b
        if i % 8 == 7: out.append(x)
        if abs(x) > 2 ** 90: x //= b ** 20
    return out


for b in (2, -2, 3, 7, -10, 1000): print(powers(b, 60)[:7])


def squares(n):
    t = 0
    x = 2 ** 29 - n // 2
    for i in range(n):
        t += x * x - (x - 1) * (x + 1)
        x += 1
    y = 2 ** 30 - n // 2
    for i in range(n):
        t += y * y >= 2 ** 60
        y += 1
    return t


print(squares(100))


def mixed(n):
    t = 0
    for i in range(n):
        a = (i, i * 0.5, True, -i, 2 ** 58)[i % 5]
        t += a * (i % 7 - 3)
    return t


print(mixed(100), mixed(103))


def zero(n):
    out = []
    for i in range(n):
        out.append((0 * -i, -0.0 * i, 0 * -1.5, i * 0.0 - 0.0, 'a' * (i - 40), [i] * -1, 2 * 'x'))
    return out[0], out[-1]


print(zero(45))


def fma(n):
    a, b, c = 3, -5, 7
    for i in range(n):
        a, b, c = b * c + a, c * a - b, (a * b + c) % 1000003
        if abs(a) > 2 ** 61: a %= 65537
        if abs(b) > 2 ** 61: b = -(-b % 65537)
    return a, b, c


print(fma(120))
