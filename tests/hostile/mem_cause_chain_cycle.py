a, b = ValueError("a"), KeyError("b")
a.__cause__, b.__cause__ = b, a
try:
    raise a
except ValueError:
    pass
for i in range(10 ** 6):
    try:
        raise a from b
    except ValueError as e:
        e.__context__ = ValueError(i, e)
raise b from a
