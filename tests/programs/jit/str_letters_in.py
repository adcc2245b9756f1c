# Letters compared and looked for where they come from a loop, a subscript or a call, and where they are no letters.


def classes(text):
    out = [0] * 6
    for c in text:
        if "a" <= c <= "z":
            out[0] += 1
        elif c in "0123456789":
            out[1] += 1
        elif c not in " \t\n":
            out[2] += 1
        if c == "x" or c != "q":
            out[3] += 1
        if c in "":
            out[4] += 1
        if c in "aeiou\x00\x7f":
            out[5] += 1
    return out


def at(text):
    i = n = 0
    while i < len(text) and text[i] in "+-.0123456789eE":
        i += 1
        n += text[i - 1] in "eE"
    return i, n


def words(parts):
    n = 0
    for w in parts:
        if w in "abcde":
            n += 1
        if w == "c":
            n += 100
        if w < "d":
            n += 10000
        if "b" in w:
            n += 1000000
    return n


def ords(parts):
    out = 0
    for c in parts:
        try:
            out += ord(c)
        except TypeError as e:
            out += len(str(e))
    return out


def held(text):
    last = ""
    n = 0
    for c in text:
        if last == c:
            n += 1
        if last in "ab":
            n += 10
        last = c
    return n


class S(str):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1

    def __lt__(self, other):
        return True


def main():
    print(classes("Hello, World 42\t\x00x\x7f" * 20), classes("aé€😀b" * 40), classes(["a", "bc", "", "é", "1"] * 30))
    print(at("12.5e-3" * 20 + "x"), at(""), at("é" * 30), at("1é" + "1" * 30))
    print(words(["a", "b", "c", "d", "e", "f"] * 30), words(["ab", "c", "", "é", "abcde", "cd"] * 30))
    print(words([S("c"), "c", S("zz")] * 40), classes([S("c"), "c"] * 40))
    print(ords("abc" * 40), ords(["a", "b", "é", "ab", "c", S("d")] * 20), held("aabbccab" * 20), held("éé" * 30))


main()
