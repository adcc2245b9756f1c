def total(n, step):
    t = 0
    for i in range(n): t += step
    return t
print(total(100, 1), total(100, 10 ** 18), total(50, 2 ** 59), total(10, -2 ** 60), total(100, 0.1), total(3, 2 ** 100))
def power(n):
    r = 1
    for i in range(n): r *= 3
    return r
print(power(10), power(38), power(39), power(40), power(100))
def shift(n):
    x = 1
    for _ in range(n): x <<= 1
    return x
print(shift(59), shift(60), shift(61), shift(62), shift(63), shift(64), shift(65), shift(128))
def down(n):
    x = 2 ** 62; out = []
    for _ in range(n): x -= 2 ** 60; out.append(x)
    return out
print(down(8)); a, b = 0, 1
for i in range(100):
    a, b = b, a + b
    if i in (40, 60, 86, 87, 88, 89, 90, 91, 92, 93): print(i, a)
def mixed(vals):
    s = 0
    for v in vals: s = s * 31 + v
    return s
print(mixed(range(5)), mixed(range(20)), mixed([1, 2.5, 3]), mixed([True] * 15))
x = 2 ** 60 - 3
for i in range(6): x += 1; print(x, -x, x * 2, x // 2, x & 0xFF, x ^ 1, ~x, x >> 3, x % 1000, abs(-x), x == 2 ** 60)
h = 5381
for c in "hash this string with overflow": h = h * 33 + ord(c)
print(h, h & 0xFFFFFFFF, h % 2 ** 61); h = 0
for i in range(1000): h = (h * 1103515245 + 12345) & 0x7FFFFFFF
print(h); n = -1
for i in range(70): n *= 2
print(n); m = 1
for i in range(25, 0, -1): m *= i
print(m, m // 10 ** 15, m % 97); d = 10 ** 30
while d > 10 ** 17: d //= 7
print(d, d * d, (-d) // 3, (-d) % 3)
