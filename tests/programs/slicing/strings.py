# str[a:b] with all kinds of bounds, ASCII and not; the whole is the string itself.
class Five:
    def __index__(self):
        return 5

ascii = "abcdefghij"
wide = "aéb€c\U0001f600dñe"
long = "x€" * 300 + "end"
for s in (ascii, wide, "", "z", "é"):
    print([s[a:b] for a in (None, 0, 1, 3, -1, -4, 100, -100) for b in (None, 0, 2, 5, -1, -3, 100, -100)])
print(ascii[True:Five()], wide[:Five()], ascii[Five():], ascii[2 ** 70:], ascii[-(2 ** 70):3], wide[None:None] is wide)
print(ascii[:] is ascii, ascii[0:10] is ascii, ascii[0:100] is ascii, ascii[3:4] is ascii[3], ascii[5:5] == "", len(ascii[7:]))
print(long[598:], long[297:303], long[-5:], len(long[1:-1]), long[2:601] == long[2:-2], (long + "!")[599:])
s = ""
for i in range(2000):
    s += chr(97 + i % 26)
    if i % 7 == 0:
        s = s[-300:]
print(len(s), s[:30], s[-30:], s[10:-270])
t = ""
for i in range(400):
    t += "é" if i % 3 else "xyz"
print(len(t), t[250:262], t[-4:], t[:5])
for bad in ("1", 1.5, [1]):
    try:
        ascii[bad:]
    except TypeError as e:
        print(e)
class Sub(str):
    def __getitem__(self, key):
        return ("sub", key)
print(Sub("abc")[1:2], str.__getitem__(Sub("abc"), slice(0, 2)), type(str.__getitem__(Sub("abc"), slice(None))))
