a = 123456789012345678901234567890
b = 987654321098765432109876543210
print(a + b, a - b, a * b, b // a, b % a, -a // b, -a % b, a // -b, divmod(-b, a))
print(a / b, b / a, float(a), int(1e25), a * 1.5, a + 0.0)
print(a == a + 1 - 1, a < b, a > -b, a != b, min(a, b), hash(a) == hash(a + 0))
x = 1
for i in range(1, 51):
    x *= i
print(x)
for i in range(50, 1, -1):
    x //= i
print(x)
f0, f1 = 0, 1
for _ in range(300):
    f0, f1 = f1, f0 + f1
print(f0, f1 % 10 ** 20, f0 // 10 ** 40)
n = 3 ** 200
print(n, len(str(n)), sum(map(int, str(n))))
print(n // 3 ** 199, n % 3 ** 199, n // 7 ** 50, n % 7 ** 50, (n + 1) % 3 ** 100, -n // 7 ** 50, -n % 7 ** 50)
print(2 ** 300 - 2 ** 299 == 2 ** 299, (2 ** 64 - 1) * (2 ** 64 - 1), (2 ** 128 - 1) // (2 ** 64 - 1), (2 ** 128) // (2 ** 64 + 1))
