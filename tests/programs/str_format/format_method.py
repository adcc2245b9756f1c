print("{} {}".format(1, "a"), "{0} {1} {0}".format("a", "b"), "{a} {b}".format(a=1, b=2), "{0[1]} {0[0]}".format([5, 6]), "{a[k]}".format(a={"k": "v"}), "{0.real}".format(5), "{{}} {{x}}".format(), "{:>5}|{:<5}|{:^5}|".format(1, 2, 3), "{!r} {!s} {!a}".format("é", "é", "é"), "{:{}}|".format("x", 5), "{:{w}.{p}f}".format(3.14159, w=8, p=2), "{0!r:>6}".format("a"))
class P:
    def __init__(self):
        self.x = {"k": [1, 2]}
    def __format__(self, spec):
        return "<" + spec + ">"
print("{0.x[k][1]}".format(P()), "{:abc}".format(P()), "{}".format(P()), f"{P():>{3}}", format(P(), "q"), format(P()), "{:{}{}}".format(P(), "a", "b"), "{a.x}".format(a=P()))
for f, a, k in (("{} {}", (1,), {}), ("{0} {}", (1, 2), {}), ("{} {0}", (1, 2), {}), ("{a}", (), {}), ("{", (), {}), ("}", (), {}), ("{0", (1,), {}), ("{0[a]}", ([1],), {}), ("{0[5]}", ([1],), {}), ("{0.nope}", (1,), {}), ("{!x}", (1,), {}), ("{:q}", (1,), {}), ("{:d}", ("a",), {}), ("{:.2d}", (1,), {}), ("{0!r", (1,), {}), ("{:{}{}}", (1, 2), {}), ("{0!}", (1,), {}), ("{0[}", (1,), {}), ("{:,d}", ("a",), {}), ("{.}", (1,), {}), ("{:5}", (None,), {}), ("{:5}", ([],), {})):
    try:
        print(repr(f), f.format(*a, **k))
    except Exception as e:
        print(repr(f), type(e).__name__, e)
print("{a} {b}".format_map({"a": 1, "b": 2}))
class D(dict):
    def __missing__(self, key):
        return "?" + key
print("{a} {zz}".format_map(D(a=1)))
print("{:,} {:_} {:x} {:#b} {:e} {:%} {:c} {:+}".format(1234567, 1234567, 255, 5, 12.5, 0.5, 65, 3))
