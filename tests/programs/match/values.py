class Color:
    RED = "red"
    GREEN = "green"

    class Dark:
        RED = "dark red"


class Namespace:
    def __getattr__(self, name):
        print("looking for", name)
        if name == "missing":
            raise AttributeError("it is missing")
        return name


ns = Namespace()


def f(v):
    match v:
        case Color.RED: return "RED"
        case Color.Dark.RED: return "Dark.RED"
        case Color.GREEN | ns.blue: return "GREEN or blue"
        case ns.a.__class__: return "str itself"
    return None


for v in ["red", "dark red", "green", "blue", str, "x"]:
    print(v, f(v))

try:
    match 1:
        case ns.other: print("never")
        case ns.missing: print("never")
        case _: print("never")
except AttributeError as e:
    print("AttributeError:", e)

try:
    match 1:
        case nowhere.at_all: print("never")
except NameError as e:
    print("NameError:", e)


class Loud:
    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        print(self.name, "==", getattr(other, "name", other))
        return NotImplemented


class Box:
    a = Loud("a")
    b = Loud("b")
    c = Loud("c")


match Box.c:
    case Box.a: print("a")
    case Box.b: print("b")
    case Box.c: print("c")

match [Box.a, Box.b]:
    case [Box.b, Box.b]: print("bb")
    case [Box.a, Box.a]: print("aa")
    case [Box.a, Box.b]: print("ab")


def shadow(self):
    # A local's attribute, and the name is bound in another case.
    match self:
        case int() as Color if Color > 3: return "large"
    return Color


print(shadow(5))
try:
    print(shadow("x"))
except UnboundLocalError as e:
    print(e)
