class CM:
    def __init__(self, n, sup=False, fail=None): self.n, self.sup, self.fail = n, sup, fail
    def __enter__(self):
        print("enter", self.n)
        if self.fail == "enter": raise RuntimeError("enter fail")
        return self
    def __exit__(self, t, v, tb):
        print("exit", self.n, t and t.__name__, v, tb is not None)
        if self.fail == "exit": raise RuntimeError("exit fail")
        return self.sup
with CM(1) as a, CM(2) as b: print(a.n, b.n)
with CM(1, True): raise ValueError("x")
try:
    with CM(1), CM(2): raise ValueError("y")
except ValueError as e: print("caught", e)
try:
    with CM(1, fail="exit"): raise ValueError("y")
except RuntimeError as e: print(e, repr(e.__context__))
try:
    with CM(1), CM(2, fail="enter"): pass
except RuntimeError as e: print(e)
def f():
    with CM("r") as c:
        for i in range(3):
            with CM(i):
                if i == 1: return i
print(f())
for i in range(2):
    with CM("loop"): continue
while True:
    with CM("b"): break
try:
    try: raise ValueError("a")
    except ValueError as e: raise KeyError("b") from e
except KeyError as e: print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
try:
    try: 1 / 0
    except ZeroDivisionError: raise KeyError("b") from None
except KeyError as e: print(e.__cause__, repr(e.__context__), e.__suppress_context__)
def nested():
    try:
        try: raise ValueError(1)
        finally: print("f1")
    except (TypeError, ValueError) as e:
        try: raise TypeError(2)
        except TypeError as e2: print(repr(e2.__context__))
        print("still", e)
        return "r"
    else: print("no")
    finally: print("f2")
print(nested())
try: e
except NameError as x: print(x)
def fr():
    for i in range(3):
        try:
            if i == 1: continue
            print(i)
        finally: print("fin", i)
    try: return "try"
    finally: print("ff")
print(fr())
class MyE(Exception):
    def __init__(self, a, b): super().__init__(a); self.b = b
    def __str__(self): return f"MyE<{self.args[0]},{self.b}>"
try: raise MyE(1, 2)
except MyE as e: print(e, repr(e), e.args, e.b); e.add_note("n1"); print(e.__notes__)
try: raise MyE
except TypeError as e: print(e)
try: raise 5
except TypeError as e: print(e)
try: raise ValueError("a") from 5
except TypeError as e: print(e)
try:
    raise
except RuntimeError as e: print(e)
try: assert 1 == 2, "msg"
except AssertionError as e: print(repr(e))
try: assert []
except AssertionError as e: print(repr(e), e.args)
try: int("zz")
except (KeyError, ValueError) as e: print(type(e).__mro__)
try: {}["k"]
except LookupError as e: print(repr(e), str(e), e.args)
try: [][3]
except IndexError as e: print(e)
try: None.foo
except AttributeError as e: print(e.name, e.obj, e)
try: undefined
except NameError as e: print(e.name)
import sys
try:
    try: raise ValueError("one")
    finally: print(sys.exc_info()[0])
except ValueError: print(sys.exc_info()[1])
print(sys.exc_info())
print(isinstance(StopIteration(3).value, int), BaseException.__subclasses__()[:1] is not None, Exception("a", 1).args, str(Exception()), str(Exception(1, 2)), repr(Exception("q'")), KeyError("k").args, str(KeyError("k")), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"))
try: b"\xff".decode()
except UnicodeDecodeError as e: print(e, e.start, e.end, e.reason, e.object, e.encoding)
def deep(n):
    try:
        if n == 0: raise ValueError("deep")
        deep(n - 1)
    except ValueError as e:
        if n == 2: raise TypeError("mid") from e
        raise
try: deep(4)
except TypeError as e:
    print(repr(e), repr(e.__cause__))
    tb = e.__traceback__; n = 0
    while tb: n += 1; tb = tb.tb_next
    print(n)
except_ = None
try:
    try: raise KeyError("a")
    except KeyError: int("x")
except ValueError as e: print(repr(e.__context__), e.__context__.__context__)
e1 = ValueError("x"); e2 = e1.with_traceback(None); print(e1 is e2)
try: raise ValueError("v1") from KeyError("c")
except ValueError as e: print(repr(e.__cause__))
class Cond(Exception):
    def __eq__(self, o): return True
try: raise Cond
except (Cond,): print("cond")
try: print("%d" % "a")
except TypeError as e: print(e)
try: "abc".foo = 1
except AttributeError as e: print(e)
try: (1).real = 3
except AttributeError as e: print(e)
try: int.foo = 3
except TypeError as e: print(e)
try: del [].append
except AttributeError as e: print(e)
try: len.x = 1
except AttributeError as e: print(e)
