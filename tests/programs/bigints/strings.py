n = 2 ** 521 - 1
s = str(n)
print(s, len(s), int(s) == n, int("-" + s) == -n, int(hex(n), 16) == n, int(oct(n), 8) == n, int(bin(n), 2) == n)
print(hex(n), oct(n)[:20], bin(n)[:10])
print(f"{n:x}"[-5:], f"{10 ** 25:,}", f"{10 ** 25:_}", f"{-10 ** 25:+,}", f"{10 ** 25:>40}", f"{10 ** 25:<30}|", f"{10 ** 25:^35}|")
print("%d" % 10 ** 25 if False else "%d" % (10 ** 25), "%x" % 10 ** 5 if False else "%x" % (16 ** 20), "%o" % (8 ** 25))
print(f"{2 ** 100:e}", f"{2 ** 100:.3f}", f"{2 ** 100:g}", f"{2 ** 100:b}"[:6], f"{2 ** 70:#x}", f"{2 ** 70:_x}", f"{2 ** 70:X}")
print(int("1" * 100) % 9, int("9" * 60) + 1, int("0" * 50 + "7"), int("1_000" * 5) if False else int("1000" * 5))
print(repr(-2 ** 64), str(10 ** 18), str(10 ** 19), str(-10 ** 18 - 1), 10 ** 18 * 10)
print(int("z" * 20, 36), int("-" + "7" * 30, 8), int("1" + "0" * 64, 2))
for base in (2, 3, 7, 10, 16, 36):
    print(base, int("1" + "0" * 20, base))
try:
    int("1" * 5000)
except ValueError as e:
    print(e)
try:
    str(10 ** 5000)
except ValueError as e:
    print(e)
print(len(hex(10 ** 5000)), (10 ** 4299 == int("1" + "0" * 4299)))
