print(0.1 + 0.2 == 0.3, 0.1 * 3, 1.1 + 2.2, 1e308 + 1e308, 1e-320 / 10, 1.0 - 0.9, 3.0 * 1.1)
print(7.5 // 2, 7.5 % 2, -7.5 // 2, -7.5 % 2, 7.5 // -2, 7.5 % -2, -0.0 % 5, 0.0 % -5, 5.0 // 0.1, 5.0 % 0.1, 1e300 // 1e-300 if False else 1)
print(divmod(7.5, 2), divmod(-7.5, 2), divmod(1.0, 0.1), divmod(-1e-20, 3.0))
print(2.0 ** 3, 2.0 ** -1, (-8.0) ** 3, (-2.0) ** 2, 2 ** 0.5, 0.0 ** 0.0, 1.0 ** float("nan"), float("inf") ** 0, float("inf") ** -1, (-1.0) ** float("inf"))
inf, nan = float("inf"), float("nan")
print(inf + 1, inf - inf, inf * 0, -inf, inf // 1, inf % 2, 5 % inf, -5 % inf, 5 // inf, -5 // inf, 1 / inf, -1 / inf)
print(inf == inf, inf > 1e308, nan + 1, nan * 0, max(1, nan), max(nan, 1) != max(nan, 1), min(0.0, -0.0), min(-0.0, 0.0))
print(abs(-0.0), -(0.0), 0.0 == -0.0, +(-0.0), 0.0 + -0.0, -0.0 - 0.0, -0.0 + -0.0, -0.0 * 5)
print(1 + 1.5, 1.5 + 1, True + 0.5, 3 * 0.5, 2 - 0.5, 0.5 - 2, 1 / 3.0, 3.0 / 1, 2 ** 60 + 0.5, 10 ** 20 * 1.0)
for f in (lambda: 1.0 / 0, lambda: 1.0 // 0.0, lambda: 1.0 % 0.0, lambda: 0.0 ** -1, lambda: 1.5 + "a", lambda: "a" * 1.5,
          lambda: 1.5 << 1, lambda: -"a", lambda: 1.5 @ 2, lambda: divmod(1.0, 0.0), lambda: 1.5 + None):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
x = 1.5
x += 1; x -= 0.25; x *= 3; x /= 2; x //= 1; x **= 2; x %= 4
print(x)
