# What a build without any feature says where a program needs one. A constant that cannot be made is an error where its
# function is defined, so those functions lie in others.


def literal_bytes():
    def f():
        return b"ab"

    return f()


def literal_set():
    return {1, len("ab")}


def constant_set():
    def f(x):
        return x in {1, 2}

    return f(1)


def set_comprehension():
    return {x for x in (1, 2)}


def literal_int():
    def f():
        return 123456789012345678901234567890

    return f()


cases = [
    ("b''", literal_bytes),
    ("bytes(3)", lambda: bytes(3)),
    ("'a'.encode()", lambda: "a".encode()),
    ("(5).to_bytes(2)", lambda: (5).to_bytes(2)),
    ("int.from_bytes('')", lambda: int.from_bytes("")),
    ("{1, 2}", literal_set),
    ("x in {1, 2}", constant_set),
    ("{x for x in y}", set_comprehension),
    ("set()", lambda: set()),
    ("frozenset()", lambda: frozenset()),
    ("keys & keys", lambda: {1: 2}.keys() & {1: 3}.keys()),
    ("'%d' % 1", lambda: "%d" % 1),
    ("'{}'.format(1)", lambda: "{}".format(1)),
    ("'{a}'.format_map({})", lambda: "{a}".format_map({})),
    ("2 ** 64", lambda: 2 ** len("x" * 64)),
    ("1 << 63", lambda: 1 << len("x" * 63)),
    ("x + y", lambda: (1 << 62) + (1 << 62)),
    ("x * y", lambda: (1 << 40) * (1 << 40)),
    ("-min", lambda: -(-(1 << 62) * 2)),
    ("min // -1", lambda: (-(1 << 62) * 2) // -1),
    ("divmod(min, -1)", lambda: divmod(-(1 << 62) * 2, -1)),
    ("abs(min)", lambda: abs(-(1 << 62) * 2)),
    ("int('9' * 20)", lambda: int("9" * 20)),
    ("int(1e30)", lambda: int(1e30)),
    ("round(max, -18)", lambda: round(9223372036854775807, -19)),
    ("pow(3, 4, 5)", lambda: pow(3, 4, 5)),
    ("long literal", literal_int),
    ("'é'.upper()", lambda: "é".upper()),
    ("'é'.isalpha()", lambda: "é".isalpha()),
    ("'a b'.title()", lambda: "a b".title()),
    ("'a b'.rsplit()", lambda: "a b".rsplit()),
    ("str.maketrans('a', 'b')", lambda: str.maketrans("a", "b")),
    ("dir()", lambda: dir()),
    ("f.__code__", lambda: literal_set.__code__),
    ("hasattr(f, '__code__')", lambda: hasattr(literal_set, "__code__")),
    ("int.__dict__", lambda: int.__dict__),
    ("2.5.hex()", lambda: 2.5.hex()),
    ("2.5 ** 1.5", lambda: 2.5**1.5),
]
for what, f in cases:
    try:
        print(what, "->", f())
    except Exception as e:
        print(f"{what}: {type(e).__name__}: {e}")

try:
    import math
except ImportError as e:
    print(f"import math: {e}")

# What stays.
print(repr("é"), "é".isascii(), "é" + "ü", "aé".replace("a", "b"), len("éa"), "ab".upper(), "aXb".lower())
print(isinstance(1, (bytes, set)), 7 // -2, 7 % -2, divmod(-7, 2), 1 << 62, -(1 << 62) * 2, 5 / 2, 2**-1, 3**20, 2.5**2, 4.0**0.5)
print((1 << 62) / 3, 9223372036854775807 / 9007199254740993, round(12345, -2), round(-15, -1), round(25, -1))
print(hash(1), hash(-1), hash(1 << 61), hash(2.5), 5.5 % 2.0, -5.5 % 2.0, 1e300 % 7.0, 5e-324 % 3e-324, 7.25 // 0.5)
print(float("1.5"), float("1e23"), float("123456789012345678901234567890"), float("5e-324"), float("1e309"), float("0.1"))
print(float("9007199254740993"), float("2.2250738585072011e-308"), float("1." + "0" * 300 + "1"))
print(f"{3.14159:8.3f}|{42:>5}|{42:<5}|{42:05d}|{255:x}|{255:#b}|{1e10:g}|{'ab':^6}|{1234567:,}")
print(sorted({"b": 1, "a": 2}.items()), {1: 2}.keys() <= {1: 3, 2: 4}.keys(), int("-9223372036854775808"), int("ff", 16))
import sys

print(repr(int.__doc__), literal_set.__name__, sys.stdout is not None)


class Point:
    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return self.x == other.x

    def __hash__(self):
        return hash(self.x)

    def __repr__(self):
        return f"Point({self.x!r})"


print({Point(1): "a"}[Point(1)], [Point(2), Point("é")], vars(Point(3)), sorted([3, 1, 2], key=lambda n: -n))
print(list(zip("ab", range(2), strict=True)), "a,b".partition(","), "a-b-c".split("-", 1), [*map(str, (1, 2.5, None))])
try:
    try:
        [].pop()
    finally:
        print("finally")
except IndexError as e:
    print(type(e).__name__, [str(e)])


# Of exceptions that the runtime raises: the class and its values, not what they say.
def raised(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e.args, getattr(e, "name", None))


class Meter:
    def read(self, channel):
        if channel > 3:
            raise ValueError(f"no channel {channel}")


raised(lambda: {}["k"])
raised(lambda: Meter().volts)
raised(lambda: undefined)
raised(lambda: None + 1)
raised(lambda: Meter().read())
raised(lambda: Meter().read(1, 2))
raised(lambda: Meter().read(channel=1, gain=2))
raised(lambda: len())
raised(lambda: len(1, 2))
raised(lambda: f"{1:q}" + f"{'a':+}")
raised(lambda: int("x"))
raised(lambda: next(iter(())))
raised(lambda: Meter().read(4))
