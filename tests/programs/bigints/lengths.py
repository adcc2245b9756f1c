# Sums, differences and products around limb boundaries, checked by other ways to the same number.
def numbers(bits):
    return [2 ** bits - 1, 2 ** bits, 2 ** bits + 1, -(2 ** bits) + 1, -(2 ** bits), -(2 ** bits) - 1]

def digest(n):
    return n % 1000000007

total = 0
for bits in (61, 63, 64, 127, 128, 191, 192, 255, 256, 320, 1000, 1535, 1536, 1537, 2304, 4096, 20000):
    for a in numbers(bits):
        for b in numbers(64) + numbers(bits) + numbers(bits // 2) + [0, 1, -1, 3]:
            s, d, p = a + b, a - b, a * b
            assert s - b == a and d + b == a and s + d == 2 * a, (bits, a, b)
            assert (a + b) * (a - b) == a * a - b * b, (bits, a, b)
            if b:
                q, r = divmod(a, b)
                assert q * b + r == a and (r == 0 or (r < 0) == (b < 0)) and abs(r) < abs(b)
                assert q == a // b and r == a % b and p // b == a and p % b == 0
            total = digest(total * 31 + digest(s) * 7 + digest(d) * 5 + digest(p))
    print(bits, total)
a = 3 ** 5000
b = 7 ** 2900
print(digest(a * b), digest(a + b), digest(a - b), digest(b - a), (a - a), digest(a * a), digest(a * 10), digest(a // 10), a // b // 3 ** 4 % 10 ** 9)
x = 1
for i in range(1, 400):
    x *= i
print(digest(x), x % 10 ** 20, len(str(x)))
while x > 1:
    x //= 2 ** 40 + 1
print(x)
f, g = 0, 1
for _ in range(6000):
    f, g = g, f + g
print(f % 10 ** 30, len(str(f)))
