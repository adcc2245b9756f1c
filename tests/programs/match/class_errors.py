def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)


class A:
    __match_args__ = ("x", "y")
    x = 1
    y = 2


class None_: __match_args__ = None
class List: __match_args__ = ["x"]
class Str: __match_args__ = "x"
class NotStr:
    __match_args__ = ("x", 5)
    x = 1
class Twice:
    __match_args__ = ("x", "x")
    x = 1
class NoAttr:
    __match_args__ = ("gone", 5)
class TupleSub:
    __match_args__ = type("T", (tuple,), {})(("x",))
    x = 1
class StrSub:
    __match_args__ = (type("S", (str,), {})("x"),)
    x = 1
class Nothing: pass


instance = A()
thing = 5
pair = (int, str)

def too_many():
    match A():
        case A(a, b, c): return "never"
def too_many_none():
    match Nothing():
        case Nothing(a): return "never"
def too_many_self():
    match 5:
        case int(a, b): return "never"
def too_many_one():
    A1 = type("A1", (), {"__match_args__": ("x",), "x": 1})
    match A1():
        case A1(a, b, c): return "never"
def object_positional():
    match 5:
        case object(x): return "never"
def twice_keyword():
    match A():
        case A(a, x=b): return "never"
def twice_other():
    match A():
        case A(a, y=b): return a, b
def match_args_none():
    match None_():
        case None_(x): return "never"
def match_args_unused():
    match None_():
        case None_(): return "no positional sub-patterns"
def match_args_list():
    match List():
        case List(x): return "never"
def match_args_str():
    match Str():
        case Str(x): return "never"
def match_args_subclass():
    match TupleSub():
        case TupleSub(x): return "never"
def not_str():
    match NotStr():
        case NotStr(x, y): return "never"
def not_str_unused():
    match NotStr():
        case NotStr(x): return x
def str_subclass():
    match StrSub():
        case StrSub(x): return "never"
def twice():
    match Twice():
        case Twice(x, y): return "never"
def missing_first():
    match NoAttr():
        case NoAttr(x, y): return "never"
        case _: return "the missing attribute came first"
def no_class():
    match A():
        case instance(): return "never"
def no_class_int():
    match A():
        case thing(x=1): return "never"
def tuple_of_classes():
    match 5:
        case pair(): return "never"
def function():
    match 5:
        case print(): return "never"
def other_class_first():
    match 5:
        case A(a, b, c): return "never"
        case _: return "no error where the class does not match"
def undefined():
    match 5:
        case Undefined(): return "never"
def guard_error():
    match 5:
        case int(x) if x / 0: return "never"
def exception_class():
    match ValueError("x"):
        case ValueError(args): return "never"


for f in [too_many, too_many_none, too_many_self, too_many_one, object_positional, twice_keyword, twice_other,
          match_args_none, match_args_unused, match_args_list, match_args_str, match_args_subclass, not_str, not_str_unused,
          str_subclass, twice, missing_first, no_class, no_class_int, tuple_of_classes, function, other_class_first,
          undefined, guard_error, exception_class]:
    print(f.__name__, end=" ")
    attempt(f)
