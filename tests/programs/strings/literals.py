print('single', "double", '''tri
ple''', """d"q""", 'it\'s', "tab\tnl\\n", r"raw\n\t", R'\d', "\x41\u00e9\U0001F600\N{BULLET}", "\101\0\7".encode())
print("a" "b" 'c', "x" * 3 + "y", len("é😀"), len("e\u0301"), "line\
cont")
print(repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("\t\n\r\\\x00\x1f\x7f\x80\xa0\xad\u200b\u2028\ud800\U0001F600é\ufeff\u0378"))
print(ascii("é😀\u1234\x80'"), str("x"), repr(str), [repr("a"), "b\n"], ("\x1b",))
print("abc"[0], "abc"[-1], "héllo"[1], "a😀b"[1], "a😀b"[::-1], "abc"[1:], "abc"[5:], "abc"[-2:], "abcdef"[::2], "abcdef"[4:1:-1])
for f in (lambda s: s[3], lambda s: s[-4], lambda s: s["a"], lambda s: s[1.0], lambda s: s[None], lambda s: s[::0]):
    try:
        print(f("abc"))
    except (IndexError, TypeError, ValueError) as e:
        print(type(e).__name__, e)
s = "abc"
try:
    s[0] = "x"
except TypeError as e:
    print(e)
try:
    del s[0]
except TypeError as e:
    print(e)
print("a" < "b", "a" < "B", "abc" < "abd", "ab" < "abc", "" < "a", "é" > "z", "😀" > "\uffff", "a" == "a", "Z" < "a")
print("b" in "abc", "" in "abc", "bc" in "abc", "d" not in "abc", "😀" in "a😀")
print(ord("a"), ord("😀"), chr(8364), chr(0x1F600), chr(0) == "\0")
for f in (lambda: ord("ab"), lambda: ord(""), lambda: chr(-1), lambda: chr(0x110000), lambda: ord(5), lambda: 1 in "abc", lambda: "a" + 1, lambda: 1 + "a", lambda: "a" * "b", lambda: "a" - "b", lambda: chr("a")):
    try:
        print(f())
    except (TypeError, ValueError, OverflowError) as e:
        print(type(e).__name__, e)
