def info(e, d=0):
    print("  " * d + repr(e), "cause", repr(e.__cause__), "ctx", repr(e.__context__), e.__suppress_context__)
try:
    try: 1 / 0
    except ZeroDivisionError as a: raise ValueError("v") from a
except ValueError as e: info(e)
try:
    try: 1 / 0
    except ZeroDivisionError: raise ValueError("implicit")
except ValueError as e: info(e)
try:
    try: 1 / 0
    except ZeroDivisionError: raise ValueError("none") from None
except ValueError as e: info(e)
try: raise ValueError("x") from KeyError("direct")
except ValueError as e: info(e)
try: raise ValueError("x") from KeyError
except ValueError as e: info(e)
for c in (5, "s", int):
    try: raise ValueError("x") from c
    except TypeError as e: print(e)
try:
    try:
        try: raise KeyError(1)
        except KeyError: raise IndexError(2)
    except IndexError: raise ValueError(3)
except ValueError as e:
    while e: print(repr(e), end=" <- "); e = e.__context__
    print()
e1 = ValueError("self")
try:
    try: raise e1
    except ValueError: raise e1
except ValueError as e: info(e)
a, b = KeyError("a"), KeyError("b")
try:
    try: raise a
    except KeyError:
        try: raise b
        except KeyError: raise a
except KeyError as e: info(e); info(b)
e = ValueError("m"); e.__cause__ = KeyError("c"); print(e.__suppress_context__, repr(e.__cause__)); e.__cause__ = None; e.__context__ = IndexError("i"); info(e)
for bad in (5, "x", ValueError):
    try: e.__cause__ = bad
    except TypeError as x: print(x)
    try: e.__context__ = bad
    except TypeError as x: print(x)
def f():
    try: raise ValueError("in f")
    except ValueError: pass
    raise KeyError("no context")
try: f()
except KeyError as e: info(e)
try:
    try: raise ValueError("A")
    finally:
        try: raise KeyError("B")
        except KeyError as e: info(e)
except ValueError as e: info(e)
x = ValueError("tb"); print(x.__traceback__, x.with_traceback(None) is x)
try: raise x
except ValueError as y: print(y is x, y.__traceback__ is not None, type(y.__traceback__).__name__, y.__traceback__.tb_lineno)
try: x.with_traceback(5)
except TypeError as e: print(e)
x.add_note("note1"); x.add_note("note2"); print(x.__notes__)
try: x.add_note(5)
except TypeError as e: print(e)
class C(Exception):
    def __init__(self, code, **kw): super().__init__(code, kw); self.code = code
try: raise C(5, a=1)
except C as c: print(c, c.code, c.args, repr(c))
