# Around the ends of every fixed width an implementation may use.
for bits in (29, 30, 31, 32, 59, 60, 61, 62, 63, 64):
    n = 1 << bits
    for v in (n - 1, n, -n, -n - 1):
        print(v, v + 1, v - 1, -v, v * 2, v * -1, abs(v), v // 2)
big = (1 << 60) - 1
s = 0
for i in range(5):
    s += big
    print(s)
for i in range(6):
    s -= big
    print(s)
m = 3037000499
print(m * m, (m + 1) * (m + 1), -m * m, m * m * m)
print((1 << 60) - (1 << 60), (1 << 61) - (1 << 61) + 5, type((1 << 70) - (1 << 70) + 1).__name__)
print((-(1 << 60)) // -1, (-(1 << 63)) // -1, -(1 << 60) * -1, abs(-(1 << 60)))
print((1 << 62) == (1 << 62), (1 << 62) == float(1 << 62), (1 << 62) + 1 == float(1 << 62), hash(1 << 20))
