vals = [("int", 1), ("str", "a"), ("list", [1]), ("None", None), ("dict", {}), ("float", 1.5), ("tuple", (1,)), ("set", {1}), ("bytes", b"b"), ("func", len), ("type", int)]
ops = [("+", lambda a, b: a + b), ("-", lambda a, b: a - b), ("*", lambda a, b: a * b), ("/", lambda a, b: a / b), ("%", lambda a, b: a % b), ("**", lambda a, b: a ** b), ("<", lambda a, b: a < b), ("&", lambda a, b: a & b), ("<<", lambda a, b: a << b), ("@", lambda a, b: a @ b), ("in", lambda a, b: a in b)]
for n1, a in vals:
    for n2, b in vals:
        for s, f in ops:
            try: f(a, b)
            except TypeError as e: print(n1, s, n2, "|", e)
for n, v in vals:
    for s, f in (("neg", lambda x: -x), ("inv", lambda x: ~x), ("pos", lambda x: +x), ("call", lambda x: x()), ("idx", lambda x: x[0]), ("len", lambda x: len(x)), ("iter", lambda x: iter(x)), ("hash", lambda x: hash(x)), ("attr", lambda x: x.zork), ("next", lambda x: next(x)), ("int", lambda x: int(x)), ("abs", lambda x: abs(x)), ("rev", lambda x: reversed(x)), ("with", lambda x: x.__enter__)):
        try: f(v)
        except (TypeError, AttributeError, LookupError) as e: print(n, s, "|", e)
        except ValueError as e: print(n, s, "|", e)
