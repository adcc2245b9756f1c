for spec in ("", "d", "5d", "<5d", "^5d", "=+5d", "05d", "+d", " d", "x", "#x", "X", "#o", "b", "#b", "08b", "#010x", ",", "_", "_x", "_b", "c", "e", ".2f", "g", "%", "n", "*>8", "*<8", "*^8", "=8", "0>8", "#X", "+x", "é>6", "+,d", "010,d", "<010", "^+8", "-d"):
    print(repr(spec), "|".join(format(v, spec) if not (spec == "c" and (v < 0 or v > 1000)) else "-" for v in (0, 42, -42, 1234567, 2 ** 65)))
for spec in ("", "s", "5", "<5", ">5", "^5", ".2", "5.1", "*^7", "é<5", "05", "<05s", ">010"):
    print(repr(spec), "|".join(format(v, spec) for v in ("", "a", "abc", "é😀", "longer text")))
for v, spec in ((1, "s"), (1, "5.2"), (1, ".2d"), ("a", "d"), ("a", "=5"), ("a", "+"), ("a", ","), ("a", " "), ("a", "#"), (1, "q"), (1, ",x"), (1, ",b"), (1, "5,,"), (1, "_,"), (-1, "c"), (0x110000, "c"), (1, "+c"), (1, "#c"), (None, "5"), ([1], ">5"), (1, "<<5q"), (True, "s"), ("a", "z"), (1, "999999999999999999999"), (1, ",c"), ((), "x")):
    try:
        print(repr(v), spec, format(v, spec))
    except Exception as e:
        print(repr(v), spec, type(e).__name__, e)
print(format(True), format(True, "d"), format(True, "5"), format(None), format(None, ""), format([1]), f"{True!s:>6}", format("x", "1"))
