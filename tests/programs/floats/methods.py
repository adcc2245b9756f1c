print((1.5).is_integer(), (2.0).is_integer(), float("inf").is_integer(), (0.5).as_integer_ratio(), (0.1).as_integer_ratio(), (-2.0).as_integer_ratio())
print((255.5).hex(), (0.1).hex(), (0.0).hex(), (-1e-320).hex(), float("nan").hex(), float("inf").hex())
print(float.fromhex("0x1.8p3"), float.fromhex("-0x.8"), float.fromhex("inf"), float.fromhex("1.5"), float.fromhex("0x1p-1074"))
print((1.5).real, (1.5).imag, (1.5).conjugate(), (2.7).__int__(), (2.7).__trunc__(), (2.2).__ceil__(), (2.7).__floor__(), (1.5).__bool__(), (0.0).__bool__())
print(hash(1.0) == hash(1), hash(0.5) == hash(0.5), hash(-0.0) == hash(0.0), hash(2.0 ** 70) == hash(2 ** 70), {1.0, 1, True})
print((1.5).__add__(1), (1.5).__radd__(1), (1.5).__eq__(1.5), (1.5).__lt__(2), (1.5).__add__("a"), (1.5).__divmod__(1), (2.0).__rpow__(3))
print(int(1e10), int(-1.9), round(1.005, 2), round(2.5), round(-2.5), round(3.14159, 3), round(1e22, 2), round(5e-324, 400), round(1.5e300, -299))
x = 1.5
for f in (lambda: float("inf").as_integer_ratio(), lambda: float("nan").as_integer_ratio(), lambda: int(float("nan")), lambda: int(float("-inf")),
          lambda: float.fromhex("zz"), lambda: x.foo, lambda: x(), lambda: x[0], lambda: len(1.5)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(isinstance(1.5, float), type(1.5), float.__name__, issubclass(float, object), isinstance(1, float))
print(sorted([3.5, -1, 2, -0.5, 1e10, float("-inf")]), sum([0.1] * 10), sum([1, 2.5, 3]), sum([1e16, 1.0, -1e16]), sum([0.1] * 3, 0.0))
