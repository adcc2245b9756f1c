words = ["straße", "ÉCOLE", "ǅ", "ﬁn", "İstanbul", "ΑΣ", "ΣΑΣ ", "ß", "ŉ", "groß-FLUß", "o'neil's", "a1b c2d", "3rd", "ǆabc"]
for w in words:
    print(w, w.upper(), w.lower(), w.title(), w.capitalize(), w.swapcase(), w.casefold(), len(w.upper()), len(w.lower()))
chars = ["a", "A", "1", "²", "½", "٣", " ", "\t", "\u00a0", "\u2003", "_", "é", "中", "ⅷ", "ʰ", "\u0301", "😀", "-", "", "aB", "ab1", "\x00", "〇", "\u200b", "ª"]
for c in chars:
    print(ascii(c), [int(f(c)) for f in (str.isalpha, str.isdigit, str.isdecimal, str.isnumeric, str.isalnum, str.isspace, str.isupper, str.islower, str.istitle, str.isidentifier, str.isprintable, str.isascii)])
print("Hello World".istitle(), "Hello world".istitle(), "HELLO".istitle(), "A1B".istitle(), "A1b".istitle(), "ABC1".isupper(), "1".isupper(), "abc é".islower())
print("class".isidentifier(), "éa".isidentifier(), "1a".isidentifier(), "a b".isidentifier(), "_".isidentifier(), "中文".isidentifier())
print("a\u2028b\x0bc\x0cd\x1ce\x85f\r\ng\rh\ni".splitlines(), "a\u00a0b\u2003c d".split(), " \u3000x\u3000 ".strip() == "x")
naïve = "identifier"
π = 3.14
print(naïve, π, "naïve" in globals(), "e\u0301" == "é", "ﬁ" == "fi")
