# And, or, xor and not over signs and over the border of small ints.
def bits(xs, n):
    a = o = x = 0
    out = []
    for i in range(n):
        v = xs[i % len(xs)]
        w = xs[(i * 7 + 3) % len(xs)]
        a ^= v & w
        o ^= v | w
        x += v ^ w
        x -= ~v
        if i % 31 == 0:
            out.append((a, o, x))
    return out


print(bits([1, 2, 3, 4, 5, 6, 7], 100))
print(bits([-1, -2, 3, 0, 255, -256], 100))
print(bits([2 ** 60, -2 ** 60, 2 ** 60 - 1, 1, -1], 100))
print(bits([2 ** 64 - 1, -2 ** 64, 0x5555555555555555, 7], 100))


def bools(n):
    t = 0
    for i in range(n):
        p, q = i % 2 == 0, i % 3 == 0
        r = p & q
        s = p | q
        u = p ^ q
        t += r + 2 * s + 4 * u
        if type(r) is not bool or type(s) is not bool or type(u) is not bool:
            return 'wrong'
    return t, ~int(p)


print(bools(120))


def popcount(n):
    t = 0
    for i in range(n):
        x = i * 2654435761
        while x:
            x &= x - 1
            t += 1
    return t


print(popcount(200))
