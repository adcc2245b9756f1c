s = "abracadabra"
print(s.find("a"), s.find("a", 1), s.find("a", 1, 3), s.find("z"), s.find(""), s.find("", 11), s.find("", 12), s.find("a", -1), s.find("abra", 1), s.find("bra", -3), s.find("a", 5, 2))
print(s.rfind("a"), s.rfind("a", 0, -1), s.rfind(""), s.rfind("", 0, 5), s.rfind("z"), s.index("c"), s.rindex("abra"), s.find("a", None, None))
print(s.count("a"), s.count("abra"), s.count(""), s.count("a", 2), s.count("a", 2, 6), "aaaa".count("aa"), "".count(""), "".count("a"), s.count("", 5, 5), s.count("", 12))
for f in (lambda: s.index("z"), lambda: s.rindex("z"), lambda: s.find(1), lambda: s.count(), lambda: s.index("a", "b"), lambda: s.replace("a"), lambda: s.replace("a", 1)):
    try:
        f()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
print(s.replace("a", "A"), s.replace("a", "A", 2), s.replace("a", "A", 0), s.replace("a", "A", -1), s.replace("abra", ""), s.replace("", "-"), s.replace("", "-", 3), "".replace("", "x"), "".replace("", "x", 0), "aaa".replace("aa", "b"), s.replace("z", "y"), s.replace("a", "b", count=1))
print(s.startswith("abra"), s.startswith("bra", 1), s.startswith(("x", "ab")), s.startswith(""), s.startswith("", 20), s.startswith("a", 10), s.startswith("a", 11), s.endswith("bra"), s.endswith(("x", "ra")), s.endswith("br", 0, -1), s.endswith(()), s.startswith("abra", 0, 3))
for f in (lambda: s.startswith(1), lambda: s.startswith(["a"]), lambda: s.endswith(("a", 1)) and s.endswith((1, "a"))):
    try:
        print(f())
    except TypeError as e:
        print(e)
print("prefix_x".removeprefix("prefix_"), "x".removeprefix("y"), "a.py".removesuffix(".py"), "a.py".removesuffix(""), "é😀é".find("é", 1), "é😀é".replace("é", "e"), "é😀é".count("é"))
print("a,b;c".translate({44: " ", 59: None, 97: "AA"}), str.maketrans("ab", "xy"), str.maketrans("ab", "xy", "z"), str.maketrans({"a": 1, 98: "b"}), "abcz".translate(str.maketrans("ab", "xy", "z")), "abc".translate({98: 233}))
print("tab\tab\tb".expandtabs(), "a\tb".expandtabs(4), "\t".expandtabs(0) == "", "a\n\tb".expandtabs(2))
for f in (lambda: str.maketrans("ab", "x"), lambda: str.maketrans(1), lambda: str.maketrans({"ab": 1}), lambda: "a".translate(5)):
    try:
        print(f())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
