for i, c in enumerate("aé😀"):
    print(i, c, ord(c))
print(list("héy"), tuple("ab"), sorted("hello"), set("aaa"), {c: ord(c) for c in "ab"}, [*"xyz"], max("hello"), min("hello"), list(reversed("abc")), dict.fromkeys("aab", 0))
a, b, c = "xyz"
print(a, b, c)
first, *rest = "hello"
print(first, rest)
it = iter("ab")
print(next(it), next(it), next(it, "end"))
try:
    next(it)
except StopIteration as e:
    print("stop", e.args)
print(list(zip("abc", "de")), list(map(str.upper, "abc")), "".join(filter(str.isalpha, "a1b2")), any(c.isdigit() for c in "ab1"), all("abc"))
print("".join(c for c in "hello world" if c not in "aeiou"), " ".join(w[::-1] for w in "hello world".split()))
counts = {}
for ch in "mississippi":
    counts[ch] = counts.get(ch, 0) + 1
print(counts, sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])))
print(sum(ord(c) for c in "abc"), [c for c in "ab" for _ in range(2)], "".join(sorted("banana", reverse=True)), type(iter("")).__name__)
def is_pal(s):
    s = "".join(c.lower() for c in s if c.isalnum())
    return s == s[::-1]
print(is_pal("A man, a plan, a canal: Panama"), is_pal("nope"))
