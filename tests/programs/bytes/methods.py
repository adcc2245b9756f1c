s = b"abracadabra"
print(s.find(b"a", 1), s.rfind(b"a"), s.index(b"c"), s.count(b"a"), s.count(97), s.find(98), s.find(b"zz"), s.replace(b"a", b"A"), s.replace(b"a", b"", 2), s.startswith(b"ab"), s.endswith((b"x", b"ra")))
print(b"a b  c".split(), b"a,b,,c".split(b","), b"a,b".rsplit(b",", 1), b"a=b".partition(b"="), b"a=b=c".rpartition(b"="), b"a\nb\r\nc".splitlines(), b" x ".strip(), b"xxaxx".strip(b"x"), b",".join([b"a", b"b"]), b"".join([]), b" a ".lstrip(), b" a ".rstrip())
print(b"abc".upper(), b"ABC".lower(), b"hello world".title(), b"hello".capitalize(), b"aB".swapcase(), b"a".center(5, b"*"), b"a".ljust(3), b"a".rjust(3, b"."), b"42".zfill(5), b"-42".zfill(5), b"a\tb".expandtabs(4), b"\xe9".upper())
print(b"abc".isalpha(), b"123".isdigit(), b"a1".isalnum(), b" ".isspace(), b"A".isupper(), b"a".islower(), b"Ab".istitle(), b"\xff".isascii(), b"".isalpha(), b"x".isascii())
print(b"abc".decode(), b"abc".translate(bytes(range(256)), b"b"), b"abc".translate(None, b"a"), bytes.maketrans(b"a", b"z")[97], b"preX".removeprefix(b"pre"), b"Xsuf".removesuffix(b"suf"), b"abc".translate(bytes.maketrans(b"abc", b"xyz")))
for f in (lambda: s.index(b"z"), lambda: s.find("a"), lambda: b",".join(["a"]), lambda: b"a".split(b""), lambda: b"a".strip("a"), lambda: s.startswith("a"), lambda: b"a".replace("a", "b"), lambda: b"a".center(5, b"xx"), lambda: s.count(256), lambda: b"a".translate(b"x"), lambda: bytes.maketrans(b"a", b""), lambda: b"a".join(b"bc")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
data = bytes((i * 7) % 256 for i in range(20))
checksum = 0
for byte in data:
    checksum = (checksum * 31 + byte) & 0xFFFF
print(data, checksum, data[3:9].hex(), int.from_bytes(data[:4], "big"), sum(data), data.find(bytes([21, 28])))
