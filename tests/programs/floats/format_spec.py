x = 1234.56789
for spec in ("", "f", ".2f", ".0f", "e", ".3e", "g", ".3g", ".10g", "G", "E", "%", ".1%", "n", "10.2f", "<12.1f", ">12.1f", "^12.1f", "+.2f", " .2f", "-.2f",
             "012.2f", "*^14.3f", ",.2f", "_.2f", "#.0f", "=+12.1f", "z.1f", "#g", "020", "+", "10", "^20", ".5", ".1"):
    print(repr(spec), "|" + format(x, spec) + "|", "|" + format(-x, spec) + "|")
for v in (0.0, -0.0, 1e-7, 1e100, float("inf"), float("nan"), -float("inf"), 0.5, 1.5, 2.5, 99999.5, 0.000123456, 1e16, 123456789.0):
    print(format(v, ".2f"), format(v, ".3g"), format(v, "e"), format(v, "08.1f"), format(v, "g"), format(v, ".0e"), format(v, "+"), format(v, "%"))
print("%.2f %5.1f %-8.2f| %+d %e %g %G %i %5s %r" % (1.005, 2.25, 3.14159, 4, 12345.678, 1e-10, 1e20, 7.9, 1.5, 0.1))
print("%f %F %.0f %#.0f %010.3f % .2f %+.1e" % (1 / 3, 2.5, 2.5, 3.0, -3.14159, 2.0, 12345.0))
for spec in ("d", "x", "s", ".2d", "10.2", "b", "c", "q", ",.2n", "._f", "1.2.3f"):
    try:
        print(spec, format(1.5, spec))
    except ValueError as e:
        print(e)
