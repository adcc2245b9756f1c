# Building, splitting, stripping and formatting many small strings.


def lines(count):
    out = []
    for i in range(count):
        name = "user" + str(i % 997)
        out.append(f"{i:06d},{name},{i * 37 % 1000 / 10:.1f}," + "x" * (i % 7))
    return "\n".join(out)


def parse(text):
    total = 0.0
    names = []
    for line in text.split("\n"):
        number, name, value, rest = line.split(",")
        total += float(value)
        if int(number) % 5 == 0 and rest.startswith("xx"):
            names.append(name.upper().replace("USER", "u-"))
    return total, names


def caesar(text, shift):
    out = []
    for c in text:
        if "a" <= c <= "z":
            out.append(chr((ord(c) - 97 + shift) % 26 + 97))
        else:
            out.append(c)
    return "".join(out)


def accumulate(count):
    s = ""
    for i in range(count):
        s += "%d:%s;" % (i, hex(i)[2:])
        if len(s) > 5000:
            s = s[-100:]
    return s


def main():
    text = lines(330000)
    total, names = parse(text)
    print(len(text), round(total, 1), len(names), names[:3], "".join(names).count("u-9"))
    secret = caesar("the quick brown fox jumps over the lazy dog " * 30000, 13)
    print(len(secret), secret[:43], caesar(secret[:43], 13))
    print(accumulate(1200000)[-30:])


main()
