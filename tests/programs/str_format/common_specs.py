# The specs and conversions that programs use most, at the edges of what a word and a float hold.
ints = [0, 1, -1, 9, 10, -10, 99, 100, 255, -255, 12345678901234567, -(2 ** 60), 2 ** 60 - 1, 2 ** 60, 2 ** 63, -(2 ** 63), 2 ** 64, True, False]
for spec in ("", "d", "5d", "05d", "20d", "x", "08x", "3x", "012", "1d", "0d"):
    print(repr(spec), [format(n, spec) for n in ints])
for conv in ("%d", "%5d", "%05d", "%x", "%04x", "%s", "%3s", "%99d", "%100d", "%-5d", "%+d", "%#x", "%.3d", "%i", "%r"):
    print(conv, [conv % n for n in ints])
floats = [0.0, -0.0, 0.5, 1.5, 2.5, -2.5, 0.05, 0.15, 0.25, 0.125, 0.375, 1e-9, 123456.789, -0.04, 999.995, 1e15 + 0.5, 2.0 ** 52 + 0.5, 2.0 ** 53, 2.0 ** 63, 2.0 ** 64, 1e22, 5e-324, 1.7976931348623157e308, float("inf"), float("-inf"), float("nan")]
for spec in ("f", ".0f", ".1f", ".2f", ".3f", ".9f", ".10f", "8.2f", "08.2f", "01.0f"):
    print(repr(spec), [format(x, spec) for x in floats[:20]], [format(x, spec)[:12] for x in floats[20:]])
    print(["%{}".format(spec) % x for x in floats[:20]], ["%{}".format(spec) % x == format(x, spec) for x in floats[20:]])
print("%s|%s|%5s|%-5s|%.2s|%c" % ("a", 1.5, "é", "b", "long", "c"), "%s" % "", "%%|%5s|%s" % ("", None))
print("%d %d" % (3.99, -3.99), "%x" % 10, "%s %s" % ((1, 2), [3]), "%(a)d-%(b)05.1f" % {"a": 1, "b": 2.25})
print(f"{5:05d}|{5:5}|{'s':3}|{2.5:.0f}|{3.14159:6.2f}|{255:x}|{-255:06x}|{10**20:025d}|{True}|{True:d}|{1.0}|{'x'}|{''}|{None}")
for bad in ("%d", "%x", "%5d", "%05.1f", "%s %s"):
    try:
        print(bad % "text")
    except TypeError as e:
        print(e)
for bad in ("%", "%5", "%05", "%.", "%q"):
    try:
        print(bad % 1)
    except ValueError as e:
        print(e)
print(hex(255), hex(-255), hex(0), hex(2 ** 63), hex(-(2 ** 63)), hex(2 ** 60), hex(10 ** 30))
print(str(2 ** 60 - 1), str(-(2 ** 60)), repr(10 ** 18), str(-0))
try:
    "%d %d" % 1
except TypeError as e:
    print(e)
try:
    "%d" % (1, 2)
except TypeError as e:
    print(e)
