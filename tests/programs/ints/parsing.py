for s in ("0", "-0", "+7", "  42  ", "1_000", "-1_0", "000", "007", "\t9\n", "٣", "१२"):
    print(repr(s), int(s))
for s in ("", " ", "-", "1__0", "_1", "1_", "0x10", "1.0", "1e3", "a", "--1", "1 2", "\x00", "12\x00"):
    try:
        print(repr(s), int(s))
    except ValueError as e:
        print(e)
for s, b in (("ff", 16), ("0xff", 16), ("0XFF", 0), ("0b101", 0), ("0o17", 0), ("z", 36), ("-0b11", 2),
             ("0_1", 8), ("10", 3), ("0", 0), ("00", 0)):
    print(s, b, int(s, b))
for s, b in (("2", 2), ("g", 16), ("10", 1), ("10", 37), ("08", 0), ("0x", 16), ("1", -5)):
    try:
        print(int(s, b))
    except ValueError as e:
        print(e)
print(int(), int(3.99), int(-3.99), int(True), int(b"12"), int(b" -5 "), int("f", base=16))
for f in (lambda: int(None), lambda: int([]), lambda: int(1, 2), lambda: int("1", "2"), lambda: int(float("nan")),
          lambda: int(float("inf")), lambda: int(1, 2, 3)):
    try:
        print(f())
    except (TypeError, ValueError, OverflowError) as e:
        print(type(e).__name__, e)
