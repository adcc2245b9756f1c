print([round(x) for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1e20)])
print(round(1234, -2), round(1250, -2), round(1350, -2), round(-1250, -2), round(5, -1), round(15, -1), round(25, -1), round(7, 2), round(99, -3))
print(round(2.675, 2), round(1234.5678, -2), round(1.5, 0), round(-0.4), round(1e300, 5), round(0.15, 1), round(123.456, None))
class I:
    def __index__(self):
        return 2
print([10, 20, 30][I()], range(5)[I()], "abc"[I()], hex(I()), [1] * I(), list(range(I())), [0, 1, 2, 3][I():], int(I()), 1 << int(I()))
class R:
    def __round__(self, n=None):
        return ("round", n)
    def __trunc__(self):
        return 9
    def __floor__(self):
        return "fl"
    def __int__(self):
        return 8
    def __abs__(self):
        return "abs"
print(round(R()), round(R(), 3), int(R()), abs(R()))
ones = [1]
class Bad:
    def __index__(self):
        return "x"
    def __int__(self):
        return 1.5
for f in (lambda: ones[Bad()], lambda: int(Bad()), lambda: round("a"), lambda: round(1.5, "a"), lambda: ones[1.0], lambda: ones["a"],
          lambda: range(1.5), lambda: "a" * 1.5, lambda: hex(1.5), lambda: round(float("nan")), lambda: round(float("inf")), lambda: abs("a")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
