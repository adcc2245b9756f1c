print(0xFF, 0o17, 0b101, 1_000_000, 0x_ff, 0B11, 0O7, 0XaB, 0_0, 00)
print(123456789012345678901234567890, -0, +5, --5, -+-5, ~~5)
print(1 .real, (5).imag, 5 .numerator, (7).denominator, (3).conjugate())
print((255).bit_length(), (0).bit_length(), (-256).bit_length(), (2**70).bit_length(), (-1).bit_count(), (255).bit_count())
print((10).to_bytes(2, "big"), (10).to_bytes(2, "little"), (-2).to_bytes(2, "big", signed=True), (65).to_bytes())
print(int.from_bytes(b"\x01\x00", "big"), int.from_bytes(b"\x01\x00", "little"), int.from_bytes(b"\xff\xfe", "big", signed=True))
print(int.from_bytes([1, 2, 3]), (0).to_bytes(0, "big"), int.from_bytes(b"", "big"))
for f in (lambda: (256).to_bytes(1, "big"), lambda: (-1).to_bytes(1, "big"), lambda: (1).to_bytes(1, "middle"),
          lambda: (128).to_bytes(1, "big", signed=True), lambda: (1).to_bytes(-1, "big")):
    try:
        f()
    except (OverflowError, ValueError) as e:
        print(type(e).__name__, e)
print((5).as_integer_ratio(), (12).is_integer())
print(hex(255), oct(8), bin(5), hex(-255), oct(-8), bin(-5), hex(2**70), bin(0))
print(str(5), repr(-5), format(5), format(5, "05d"), int.__name__, (5).__class__)
print((2).__add__(3), (2).__add__(2.5), (7).__rsub__(10), (2).__pow__(5, 7), (5).__neg__(), (5).__bool__(), (5).__index__())
