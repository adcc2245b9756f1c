for k in (52, 53, 54, 63, 64, 65, 100, 1000):
    print(k, float(2 ** k), float(2 ** k + 1) == float(2 ** k), int(float(2 ** k)) == 2 ** k)
print(float(2 ** 53 + 1), float(2 ** 53 + 3), float(10 ** 22), float(10 ** 23), float(123456789 ** 5))
print(2 ** 1023 / 2 ** 1022, 2 ** 2000 / 2 ** 1999, (10 ** 400) / (10 ** 399), 10 ** 300 / 3, 1 / 10 ** 300, 1 / 10 ** 400, 3 ** 700 / 7 ** 400)
for f in (lambda: float(10 ** 400), lambda: 10 ** 400 / 3, lambda: 10 ** 400 * 1.0, lambda: 1.0 + 10 ** 400, lambda: 10 ** 400 / 1.5):
    try:
        print(f())
    except OverflowError as e:
        print(e)
print(10 ** 400 > 1e308, 10 ** 400 > float("inf"), -10 ** 400 < float("-inf"), 10 ** 400 == float("inf"))
x = 0xDEADBEEFCAFEBABE1234567890ABCDEF
for k in (0, 1, 4, 31, 32, 33, 63, 64, 65, 127, 128, 129):
    print(k, hex(x << k), hex(x >> k), hex(-x >> k))
print(int(1e308) % 1000007, int(-1.5e20), int(1.7976931348623157e308) == 2 ** 1024 - 2 ** 971)
print(1e16 == 10 ** 16, 1e16 + 1 == 10 ** 16 + 1, 2 ** 64 == 1.8446744073709552e19, hash(2 ** 70) == hash(float(2 ** 70)))
