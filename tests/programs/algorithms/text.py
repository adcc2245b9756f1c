text = """the quick brown fox
jumps over the lazy dog and the
fox runs away"""
def wrap(s, w):
    line, out = "", []
    for word in s.split():
        if len(line) + len(word) + bool(line) > w: out.append(line); line = word
        else: line = f"{line} {word}" if line else word
    return out + [line]
print(*wrap(text, 20), sep="|\n"); words = text.split(); freq = {w: words.count(w) for w in dict.fromkeys(words)}; print(sorted(freq.items(), key=lambda p: (-p[1], p[0]))[:3])
def rle(s):
    out, i = "", 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]: j += 1
        out += f"{j - i if j - i > 1 else ''}{s[i]}"; i = j
    return out
def unrle(s):
    out = n = ""
    for c in s:
        if c.isdigit(): n += c
        else: out += c * int(n or 1); n = ""
    return out
print(rle("aaabccddddd"), unrle(rle("aaabccddddd")), rle(""), "".join(sorted(set("hello"), key="hello".index)))
roman = lambda n: "".join(r * (n // v) + "" * (n := n % v) for v, r in [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")])
def to_roman(n):
    out = ""
    for v, r in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split()):
        q, n = divmod(n, v); out += r * q
    return out
def from_roman(s): v = [dict(zip("IVXLCDM", (1, 5, 10, 50, 100, 500, 1000)))[c] for c in s]; return sum(-a if a < b else a for a, b in zip(v, v[1:] + [0]))
print([to_roman(n) for n in (4, 1994, 2024, 3999)], all(from_roman(to_roman(n)) == n for n in range(1, 500)))
def match(p, s):
    if not p: return not s
    if p[0] == "*": return any(match(p[1:], s[i:]) for i in range(len(s) + 1))
    return bool(s) and p[0] in ("?", s[0]) and match(p[1:], s[1:])
print([match(p, s) for p, s in (("*.py", "a.py"), ("a?c", "abc"), ("a?c", "ac"), ("*", ""), ("a*b*c", "axxbyyc"), ("*x", "abc"))])
rows = [("name", "qty", "price"), ("apple", 3, 1.5), ("kiwi", 12, 0.25), ("melon", 1, 10.0)]
ws = [max(len(str(r[i])) for r in rows) for i in range(3)]
for r in rows: print(" | ".join(f"{c:<{w}}" if isinstance(c, str) else f"{c:>{w}}" for c, w in zip(r, ws)))
print("-".join(f"{b:02x}" for b in "héy".encode()), int("".join(reversed("12345"))), "".join(chr((ord(c) - 97 + 13) % 26 + 97) if c.isalpha() else c for c in "hello, world"), " ".join(w.capitalize() for w in "to be or not".split()), "racecar" == "racecar"[::-1], sorted("the quick".split(), key=len, reverse=True))
try: roman(5)
except Exception as e: print(type(e).__name__)
