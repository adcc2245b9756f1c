# Counters that step up and down past the small-int border, in while loops with other counters beside them.
def run(start, step, stop, n):
    x, k = start, 0
    while (x < stop if step > 0 else x > stop) and k < n:
        x += step
        k += 1
    return x - start, k


for s in (2 ** 60 - 100, -2 ** 60 - 50, 2 ** 63 - 100, 0):
    print([run(s, d, s + d * 90, 100) for d in (1, -1, 3, -7, 2 ** 55, -2 ** 58, 2 ** 61)])


def three(n):
    a, b, c = 2 ** 60 - n, -2 ** 60 + n, 0
    while c < 2 * n:
        a += 1
        b -= 1
        c += 1
    while c > 0:
        a -= 2
        b += 2
        c -= 1
    return a - 2 ** 60, b + 2 ** 60, c


print(three(60), three(100))


def product(n):
    p, out = 1, []
    for i in range(1, n):
        p *= i
        if p > 2 ** 64: out.append(p % 1000); p //= 2 ** 40
    return p, out


print(product(80))


def lcg(n, a, c, m):
    x = 1
    t = 0
    for _ in range(n):
        x = (a * x + c) % m
        t ^= x
    return x, t


print(lcg(300, 1103515245, 12345, 2 ** 31), lcg(300, 6364136223846793005, 1442695040888963407, 2 ** 64))
print(lcg(300, -7, 3, 1000), lcg(300, 3, 0, -(2 ** 62)))


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


print([gcd(2 ** 60 * k, 2 ** 58 * 9 + k) for k in range(60)][::9], gcd(2 ** 200, 6 ** 80) == 2 ** 80)
