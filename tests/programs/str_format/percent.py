print("%s %r %a" % ("é", "é", "é"), "%d %i %u" % (1, 2.9, True), "%x %X %o %#x %#o %#X" % (255, 255, 8, 255, 8, 255), "%c%c" % (65, "b"), "%%", "%5d|%-5d|%05d|%+d|% d" % (1, 2, 3, 4, 5))
print("%s" % 5, "%s" % None, "%s" % [1], "%s" % (1,), "%s %s" % ("a", "b"), "%(a)s %(b)d" % {"a": 1, "b": 2}, "%(a)s" % {"a": (1, 2)}, "no args" % (), "%s" % {"a": 1})
print("%10s|%-10s|%.2s|%10.3s|" % ("abc", "abc", "abc", "abcdef"), "%*d|%-*d|%.*f" % (5, 1, 5, 2, 2, 3.14159), "%05.1f|%+.0f|%e" % (2.25, 2.5, 1234.5))
print("%d" % 10 ** 20, "%x" % -255, "%#010x" % 255, "%-#8o|" % 8, "%+x" % 10, "%.3d" % 5, "%8.3d|" % 5, "%-8.3d|" % -5)
class C:
    def __str__(self):
        return "str"
    def __repr__(self):
        return "repr"
    def __int__(self):
        return 7
    def __index__(self):
        return 8
    def __float__(self):
        return 1.5
print("%s %r %d %x %f" % (C(), C(), C(), C(), C()))
for f, a in (("%d", "a"), ("%s %s", 1), ("%s", (1, 2)), ("%d", None), ("%(a)s", 1), ("%(a)s", {}), ("%z", 1), ("%", 1), ("%c", "ab"), ("%c", -1), ("%x", 1.5), ("%f", "a"), ("%s", ()), ("%*d", ("a", 1)), ("x", 5), ("%(a", {"a": 1}), ("%.2", 1), ("%c", 1.5), ("%i", float("inf")), ("%d", float("nan"))):
    try:
        print(repr(f), f % a)
    except Exception as e:
        print(repr(f), type(e).__name__, e)
s = "%s!"
s %= "hi"
print(s, "%s" % str, "%r" % (b"x",), b"%s %d" % (b"a", 5), b"%b|%a" % (b"z", "é"))
