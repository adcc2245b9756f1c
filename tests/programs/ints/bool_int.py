print(True + True, True * 5, False - 1, True / 2, -True, +False, abs(True), True ** 2)
print(True == 1, False == 0, True is True, True < 2, True in [1], 1 in {True: 0})
print(isinstance(True, int), issubclass(bool, int), type(True + 0).__name__, bool.__mro__)
print({True: "a", 1: "b", 1.0: "c"}, {0, False, 0.0}, [1, 2, 3][True], "ab"[False])
print(bool(), bool(0), bool(0.0), bool(""), bool([]), bool({}), bool(()), bool(None), bool(set()), bool(range(0)), bool(b""))
print(bool(-1), bool(0.1), bool(" "), bool([0]), bool({0: 0}), bool((None,)), bool(...), bool(NotImplemented if False else 1))
print(str(True), repr(False), f"{True}", f"{True:d}", f"{True:5}", "%d %s" % (True, True), int(True), float(True))
print(sum([True, False, True]), max(True, 0), sorted([True, False, 2, -1]), not True, not 0, not not "x")
print(True and 5, 0 and 5, 0 or "x", None or 0, 1 and 2 and 3, 0 or 0.0 or [])
print(True.real, True.bit_length(), True.__and__(False), True.__or__(5), bool.__name__)
for f in (lambda: bool(1, 2), lambda: bool.__new__(int), lambda: True + "a", lambda: bool(x=1)):
    try:
        print(f())
    except TypeError as e:
        print(e)
try:
    class B(bool):
        pass
except TypeError as e:
    print(e)
