log = []
class C:
    log.append("start")
    x = 1
    if x:
        y = x + 1
    for i in range(3):
        x += i
    def f(self): return "f1"
    g = f
    def f(self): return "f2"
    lst = [1, 2]
    try:
        1 / 0
    except ZeroDivisionError as e:
        err = type(e).__name__
    del i
    log.append(__qualname__ + " " + __module__)
    a, *b = "xyz"
    with_lambda = lambda self: self.x
    def __priv(self): return "mangled"
    def call(self): return self.__priv()
    __attr = 5
print(log, C.x, C.y, C().g(), C().f(), C.err, hasattr(C, "i"), hasattr(C, "e"), C.a, C.b, C().with_lambda(), C().call(), C._C__attr, sorted(k for k in C.__dict__ if not k.startswith("__")))
try: C().__priv()
except AttributeError as e: print(e)
try: C.__attr
except AttributeError as e: print(e)
class _Under:
    def __init__(self): self.__v = 1
    def get(self): return self.__v, self.__dict__
print(_Under().get())
c1, c2 = C(), C(); c1.lst.append(3); print(c2.lst); c1.lst = []; print(c2.lst, c1.lst); c1.x += 1; print(c1.x, C.x)
def make(n):
    class K:
        val = n
        def get(self): return n, self.val
    return K
K1, K2 = make(1), make(2); print(K1().get(), K2().get(), K1 is K2, K1.__name__, K1.__qualname__)
x = "module"
class D:
    print(x)
    x = "class"
    print(x)
    def m(self): return x
    class E:
        print("E sees", x)
        y = x
print(D().m(), D.E.y)
class R:
    try:
        z
    except NameError as e: print(e)
    global gv
    gv = "set global"
print(gv, hasattr(R, "gv"))
T = type("T", (C,), {"extra": 1, "m": lambda self: "dyn"}); print(T.__name__, T().m(), T.extra, T().call(), T.__bases__, type(5), type("a").__name__)
for args in (("T",), (5, (), {}), ("T", [], {}), ("T", (), 5), ("T", (5,), {})):
    try: print(type(*args))
    except TypeError as e: print(e)
