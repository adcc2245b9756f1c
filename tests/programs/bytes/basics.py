b = b"hello\x00\xff"
print(b, len(b), b[0], b[-1], b[1:3], b[::-1], b"" == bytes(), repr(b'it\'s "q"'), b"it's", b'"', rb"\n", b"a" b"b", br"\x")
print(list(b"abc"), bytes([65, 66]), bytes(3), bytes(b"x"), bytes("é", "utf-8"), bytes(range(5)), bytes((1, 2)), bytes.fromhex("48 65 6c"), b"\x01\xab".hex(), b"\x01\xab\xcd".hex(":"), b"\x01\xab\xcd\xef".hex("-", 2))
print(b"a" + b"b", b"ab" * 3, b"a" in b"abc", 97 in b"abc", 100 in b"abc", b"" in b"", b"a" < b"b", b"a" == "a", b"a" != "a", hash(b"a") == hash(b"a"), {b"k": 1}[b"k"], b"abc" > b"ab")
for f in (lambda: b"a" + "b", lambda: "b" + b"a", lambda: bytes([256]), lambda: bytes([-1]), lambda: bytes("a"), lambda: bytes(-1), lambda: bytes(1.5), lambda: b"a"[5], lambda: 300 in b"a", lambda: "a" in b"a", lambda: bytes(["a"]), lambda: bytes.fromhex("4"), lambda: bytes.fromhex("zz"), lambda: b"a" % 5, lambda: b"a" < "a", lambda: bytes("a", "utf-8", "strict", 1), lambda: b"a".foo, lambda: bytes(5, "utf-8")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
x = b"abc"
try:
    x[0] = 1
except TypeError as e:
    print(e)
x += b"d"
print(x, bool(b""), bool(b"\0"), max(b"abc"), sorted(b"cab"), [c for c in b"ab"], tuple(b"ab"), b"%d-%s" % (5, b"x"), str(b"x"), bytes(x) == x, isinstance(b"", bytes))
class B:
    def __bytes__(self):
        return b"custom"
print(bytes(B()), b"\t\n\r\\\x7f'", b"ab"[0:1], b"abc"[-2:], iter(b"ab").__next__())
