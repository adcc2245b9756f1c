for s in ("abc", "é", "€", "😀", "a\u0000b", ""):
    b = s.encode()
    print(ascii(s), b, len(b), b.decode() == s, s.encode("utf-8") == b, list(b))
print("é".encode("latin-1"), b"\xe9".decode("latin-1"), "abc".encode("ascii"), "é€".encode("ascii", "ignore"), "é€".encode("ascii", "replace"), "é".encode("ascii", "backslashreplace"), "é€".encode("ascii", "xmlcharrefreplace"))
print(b"a\xffb".decode("utf-8", "replace"), b"a\xffb".decode("utf-8", "ignore"), ascii(b"\xff\xfe".decode("utf-8", "surrogateescape")), b"\xe2\x82".decode("utf-8", "replace"), b"a\xffb".decode("ascii", "backslashreplace"))
print(bytes("é", "utf-8"), str(b"\xc3\xa9", "utf-8"), str(b"\xc3\xa9", encoding="utf8"), "x".encode(encoding="UTF-8"), "é".encode("UTF8"), "a".encode("us-ascii"), "é".encode("iso-8859-1"))
tests = [lambda: "é".encode("ascii"), lambda: b"\xff".decode(), lambda: b"\xe2\x82".decode(), lambda: b"ab\xc3(".decode(), lambda: b"\x80".decode("ascii"), lambda: "€".encode("latin-1"),
         lambda: "\ud800".encode(), lambda: "a".encode("nope"), lambda: b"\xed\xa0\x80".decode(), lambda: b"\xf8".decode(), lambda: "ab\u20accd\u20ac\u20ac".encode("ascii"), lambda: b"\xc0\x80".decode(), lambda: b"\xf4\x90\x80\x80".decode(), lambda: str(b"x", "ascii", "strict", 1), lambda: str(5, "utf-8")]
for t in tests:
    try:
        print(t())
    except (UnicodeError, LookupError, TypeError) as e:
        print(type(e).__name__, e)
try:
    "aé".encode("ascii")
except UnicodeEncodeError as e:
    print(e.encoding, ascii(e.object), e.start, e.end, e.reason, isinstance(e, ValueError))
