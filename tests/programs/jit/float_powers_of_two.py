# Divisions and products by powers of two in hot loops: exact at every border.
inf = float("inf")
nan = float("nan")
tiny = 5e-324
huge = 1.7976931348623157e308
values = [0.0, -0.0, 1.0, -1.5, tiny, -tiny, 3 * tiny, 2.2250738585072014e-308, huge, -huge, inf, -inf, nan, 0.1, 1e-310]


def loop(xs, n):
    out = []
    for k in range(n):
        for x in xs:
            out = [x / 2.0, x / 0.5, x / -4.0, x / 8, x * 2.0, 2.0 * x, x * -2.0, x / 1.0, x / -1.0,
                   x / 4.49423283715579e307, x / 8.98846567431158e307, x / 2.2250738585072014e-308, x / 1.1125369292536007e-308,
                   x / 3.0, x / inf, x / 5e-324]
            if k == n - 1:
                print(x, *[repr(v) for v in out])


loop(values, 60)


def signs(n):
    z = -0.0
    for i in range(n):
        z = z * 2.0
    return z, 0.0 * -2.0, z / 2.0


print(signs(500))
