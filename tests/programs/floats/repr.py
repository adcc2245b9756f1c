for x in (0.0, -0.0, 1.0, -1.5, 0.1, 0.2, 0.1 + 0.2, 1 / 3, 1e15, 1e16, 123456789012345680.0, 1e17, 1e-4, 1e-5, 0.00012345, 1e22, 1e23,
          1.7976931348623157e308, 5e-324, 2.2250738585072014e-308, 1e100, 123456.789, 9007199254740993.0, 100.0, 1e5, float("inf"), float("-inf"), float("nan")):
    print(x, repr(x) == str(x), f"{x}")
print(1., .5, 1e3, 1E3, 1_0.0_1, 1e-0, 0e5, 3.14_15)
print([0.1, -0.0], (1.0,), {1.0: 2.0}, {0.5})
print(1e16 + 1, 1e15 + 0.5, 4.35, 4.349999999999999, 2.5e-8, 1.0e10)
print(float("1e400"), float("-1e400"), float("1e-400"), 1e308 * 10, -1e308 * 10)
for s in ("1", " 1.5 ", "1e5", "inf", "-Infinity", "nan", "+.5", "5.", "1_0.5", "1E-3", "0x1", "", ".", "1e", "1__0", "e5", "infin", "1.2.3"):
    try:
        print(repr(s), float(s))
    except ValueError as e:
        print(e)
print(float(), float(5), float(True), float(b"1.5"), float("\u0663.5"))
for f in (lambda: float(None), lambda: float([]), lambda: float("1", 2), lambda: float(1, 2)):
    try:
        f()
    except TypeError as e:
        print(e)
