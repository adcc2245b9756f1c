# Big ints in registers and containers: sums, products, shifts, digits, comparisons, as keys.
def fib(n):
    a, b = 0, 1
    for _ in range(n): a, b = b, a + b
    return a


print(fib(90), fib(91), fib(300))


def digits(n):
    x = 3 ** 120
    t = 0
    c = 0
    while x:
        x, d = divmod(x, 10)
        t += d
        c += 1
    return t, c


print([digits(0) for _ in range(5)][-1])


def keys(n):
    d = {}
    for i in range(n):
        d[2 ** 60 + i % 7] = d.get(2 ** 60 + i % 7, 0) + 1
        d[2.0 ** 60] = i
        d[-(2 ** 61)] = 2 ** 64 - i
    return [(k - 2 ** 60, v) for k, v in d.items()]


print(keys(70))


def collatz(x):
    n = peak = 0
    while x != 1:
        x = x // 2 if x % 2 == 0 else 3 * x + 1
        peak = max(peak, x)
        n += 1
    return n, peak


print(collatz(27), collatz(2 ** 60 - 1), collatz(2 ** 59 + 3))


def shrink(n):
    x = 2 ** 200
    seen = []
    for i in range(n):
        x = x >> 3 if i % 2 else x - (x >> 5)
        if i % 17 == 0: seen.append(x if x < 2 ** 70 else x % 997)
        if not x: break
    return seen, i, x


print(shrink(200))


def compare(n):
    c = 0
    a, b = 2 ** 64, 2 ** 64
    for i in range(n):
        c += (a == b) + (a < b) * 10 + (a is a) * 100 + (a >= 2.0 ** 64) * 1000
        if i % 2: a += 1
        else: b += i % 3
    return c, a - b


print(compare(100))


def modular(n, m):
    x = 1
    for i in range(1, n): x = x * (2 ** 61 + i) % m
    return x


print(modular(100, 10 ** 9 + 7), modular(100, 2 ** 89 - 1), modular(100, -(10 ** 20)))


def bits(n):
    x = 0
    for i in range(n): x |= 1 << (i * 3 % 131)
    c = 0
    for i in range(131):
        if x >> i & 1: c += 1
        x &= ~(1 << i) if i % 2 else -1
    return c, x.bit_length(), bin(x).count('1')


print(bits(80))


def factorial_digits(n):
    f, out = 1, []
    for i in range(1, n):
        f *= i
        while f % 10 == 0: f //= 10
        out.append(f % 10)
    return ''.join(map(str, out))


print(factorial_digits(90))
