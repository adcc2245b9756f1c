import math
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a
a, b = 2 ** 120 * 3 ** 20, 2 ** 60 * 3 ** 40 * 7
print(gcd(a, b), math.gcd(a, b) == gcd(a, b), math.gcd(), math.gcd(0, -8), math.gcd(12, 18, 8), math.lcm(4, 6), math.lcm(2 ** 40, 3 ** 30), math.lcm(0, 5))
for n in (0, 1, 2, 3, 4, 15, 16, 17, 10 ** 20, 10 ** 40 - 1, 2 ** 127):
    r = math.isqrt(n)
    print(n, r, r * r <= n < (r + 1) ** 2)
print(math.factorial(30), math.comb(60, 30), math.perm(20, 10), math.perm(5), math.comb(5, 7), math.prod([2 ** 40] * 5))
def modinv(a, m):
    g, x, y = m, 0, 1
    while a:
        q = g // a
        g, a = a, g - q * a
        x, y = y, x - q * y
    return x % m
p = 2 ** 127 - 1
print(modinv(12345678901234567890, p) * 12345678901234567890 % p, pow(12345678901234567890, -1, p) == modinv(12345678901234567890, p))
print(pow(3, p - 1, p), pow(2, 2 ** 64, 10 ** 20 + 39))
for f in (lambda: math.isqrt(-1), lambda: math.factorial(-1), lambda: math.factorial(1.5), lambda: math.comb(-1, 2), lambda: math.gcd(1.5), lambda: math.isqrt("a")):
    try:
        print(f())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
