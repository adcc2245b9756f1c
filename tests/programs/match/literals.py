def number(v):
    match v:
        case 0: return "zero"
        case -1: return "minus one"
        case 1: return "one"
        case 1.5 | -2.5: return "float"
        case 40000: return "large"
        case -40000: return "minus large"
        case 123456789012345678901234567890: return "huge"
        case 0x10: return "sixteen"
        case 1_000: return "thousand"
        case -0.0: return "never: 0 comes first"
    return "no"


for v in [0, -1, 1, True, False, 1.0, 1.5, -2.5, 40000, -40000, 16, 1000, 0.0, 2,
          123456789012345678901234567890, 123456789012345678901234567891, "0", None]:
    print(repr(v), number(v))


def text(v):
    match v:
        case "": return "empty"
        case "a" "b": return "joined"
        case 'x\n': return "newline"
        case """long
text""": return "triple"
        case b"": return "empty bytes"
        case b"ab": return "bytes"
        case r"\d": return "raw"
        case "\u00e9": return "accent"
        case _: return "no"


for v in ["", "ab", "x\n", "long\ntext", b"", b"ab", "\\d", "é", "a", b"a", 0, ("a", "b")]:
    print(ascii(v), text(v))


def single(v):
    match v:
        case None: return "None"
        case True: return "True"
        case False: return "False"
        case 1: return "1"
        case 0: return "0"
        case _: return "no"


for v in [None, True, False, 1, 0, 1.0, 0.0, "", (), NotImplemented, ...]:
    print(repr(v), single(v))


class Equal:
    def __eq__(self, other):
        print("asked about", repr(other))
        return other == "yes" or other is None


match Equal():
    case None: print("never: identity")
    case True: print("never: identity")
    case 1: print("no")
    case "no": print("no")
    case "yes": print("yes")


class Odd:
    "Its comparison's result is no bool."

    def __init__(self, answer):
        self.answer = answer

    def __eq__(self, other):
        return self.answer


for answer in [[], [0], "", "x", None, 3]:
    match Odd(answer):
        case 1: print(repr(answer), "is true")
        case _: print(repr(answer), "is false")


class Liar:
    def __eq__(self, other):
        return self

    def __bool__(self):
        raise ValueError("no truth here")


try:
    match Liar():
        case 5: print("never")
except ValueError as e:
    print("ValueError:", e)
