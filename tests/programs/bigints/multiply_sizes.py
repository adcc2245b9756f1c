# Schoolbook, Karatsuba and unbalanced sizes against an identity.
def num(seed, digits):
    x = seed
    out = []
    for _ in range(digits):
        x = (x * 1103515245 + 12345) % 2147483648
        out.append(str(x % 10))
    return int("1" + "".join(out))
M = 10 ** 9 + 7
for d in (1, 9, 10, 18, 19, 20, 50, 100, 300, 700, 1500, 3000):
    a, b = num(d, d), num(d + 1, d // 2 + 1)
    c = a * b
    print(d, c % M, c % M == (a % M) * (b % M) % M, c // b == a, c % a, (c + 1) % b, (a + b) ** 2 - (a - b) ** 2 == 4 * c, divmod(c + b - 1, b) == (a, b - 1))
a = num(5, 2000)
print(a * a == a ** 2, (a << 333) // a == 1 << 333, (a * 10 ** 500) // 10 ** 500 == a, len(str(a * a)), (a ** 3) % M)
print((-a) * a == -(a * a), (-a) // 7 == -(a // 7) - (1 if a % 7 else 0), -a % 7 == (7 - a % 7) % 7, a * 0, 0 * a, a * 1 == a, a - a)
import math
print(math.isqrt(a * a) == a, math.isqrt(a * a - 1) == a - 1)
