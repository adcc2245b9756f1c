# Methods called through the type, unbound, with keywords, and on subclasses.
print(str.upper("abc"), str.join(",", ["a", "b"]), str.split("a b"), "abc".upper.__name__, "".join.__self__ == "", str.__name__)
for f in (lambda: str.upper(5), lambda: str.upper(), lambda: "a".upper(1), lambda: "a".nope, lambda: "a".nope(), lambda: str.nope, lambda: "a".upper(x=1), lambda: "a".join(), lambda: "a".__len__(1)):
    try:
        print(f())
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
class S(str):
    def shout(self):
        return self.upper() + "!"
    def __len__(self):
        return 99
s = S("abc")
print(s, s.shout(), len(s), s + "d", type(s + "d").__name__, type(s.upper()).__name__, s == "abc", hash(s) == hash("abc"), {s: 1}["abc"], isinstance(s, str), repr(s), f"{s:>5}", s[0], type(s[:]).__name__, type(str(s)).__name__)
class T(str):
    def __new__(cls, a, b):
        self = super().__new__(cls, a + b)
        self.parts = (a, b)
        return self
    def __repr__(self):
        return "T(" + super().__repr__() + ")"
t = T("x", "y")
print(t, repr(t), t.parts, [t], len(t), t.upper(), "xy" in {t}, t.join(["1", "2"]))
m = "hello".replace
print(m("l", "L"), m("l", "L", 1), list(map("abc".__contains__, "ax")), list(map("{}!".format, [1, 2])))
x = "abc"
try:
    x.foo = 1
except AttributeError as e:
    print(e)
try:
    del x.foo
except AttributeError as e:
    print(e)
print(hasattr(x, "upper"), hasattr(x, "foo"), getattr(x, "foo", 3), getattr("abc", "upper")(), callable(x.upper))
