for a in (0, 1, -1, 5, -5, 255, -256):
    print(a, ~a, a & 6, a | 6, a ^ 6, a << 3, a >> 1, a >> 100)
print(1 << 60, 1 << 61, 1 << 62, 1 << 63, 1 << 64)
print(-1 << 60, -1 << 61, -1 << 63)
print((1 << 64) >> 60, (1 << 64) >> 64, (1 << 64) >> 65, -(1 << 64) >> 65)
print((1 << 100) & ((1 << 100) - 1), (1 << 100) | 1, (1 << 100) ^ (1 << 100))
print(-(1 << 100) & 0xFF, -(1 << 100) | 0xFF, ~(1 << 70))
print(-12345678901234567890 & 0xFFFFFFFF, -12345678901234567890 ^ 98765432109876543210)
for f in (lambda: 1 << -1, lambda: 1 >> -1, lambda: 1 << 1.0, lambda: 1.5 & 1, lambda: ~1.5, lambda: 1 | "a"):
    try:
        f()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
print(True & 1, True & True, True | False, True ^ True, True << 2)
print(type(True & True).__name__, type(True & 1).__name__)
print(0 << 10 ** 6)
x = 0b1011
x &= 0b110
x |= 1
x ^= 0b1000
x <<= 2
x >>= 1
print(x)
