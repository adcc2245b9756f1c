names = [BaseException, Exception, ArithmeticError, ZeroDivisionError, OverflowError, LookupError, IndexError, KeyError, ValueError, UnicodeError, TypeError, AttributeError, NameError, UnboundLocalError, RuntimeError, RecursionError, NotImplementedError, StopIteration, GeneratorExit, KeyboardInterrupt, SystemExit, AssertionError, ImportError, ModuleNotFoundError, OSError, MemoryError, SyntaxError, IndentationError, EOFError, BufferError, FloatingPointError, FileNotFoundError, PermissionError, TimeoutError, StopAsyncIteration, Warning, DeprecationWarning, UserWarning, UnicodeDecodeError, UnicodeEncodeError]
for c in names: print(c.__name__, [b.__name__ for b in c.__mro__[1:-1]], c.__module__)
print(IOError is OSError, EnvironmentError is OSError, issubclass(bool, int), isinstance(KeyError(), LookupError))
for e in (ValueError(), ValueError("a"), ValueError("a", 1), ValueError(None), ValueError(("t",)), KeyError("k"), KeyError("a", "b"), KeyError(), StopIteration(5), SystemExit(3), AttributeError("m"), NameError("n"), ImportError("i", name="mod"), IndexError(1.5)):
    print(repr(e), str(e), e.args)
print(StopIteration(5).value, StopIteration().value, StopIteration(1, 2).value, SystemExit(3).code, SystemExit().code, SystemExit(1, 2).code, AttributeError("m", name="nm", obj=5).name, NameError("x", name="nn").name, ImportError("i", name="mod", path="p").path)
e = ValueError(1); e.args = (2, 3); print(e, repr(e)); e.extra = "x"; print(e.extra, e.__dict__)
for f in (lambda: ValueError(x=1), lambda: BaseException(k=1), lambda: KeyError("a").zzz, lambda: setattr(e, "args", 5), lambda: AttributeError(foo=1), lambda: ValueError() < ValueError(), lambda: ValueError()[0]):
    try: print(f())
    except Exception as x: print(type(x).__name__, x)
print(ValueError("a") == ValueError("a"), e == e, hash(e) == hash(e), ValueError is type(e), e.__class__.__name__, isinstance(e, BaseException), bool(ValueError()))
class New(Exception):
    def __new__(cls, *a): o = super().__new__(cls, *a); o.n = len(a); return o
print(New(1, 2).n, New(1, 2).args); 
class NoInit(Exception):
    def __init__(self, a, b): self.a = a
print(repr(NoInit(1, 2)), NoInit(1, 2).args)
try: raise NoInit
except TypeError as e: print(e)
for c in (SystemExit, KeyboardInterrupt, GeneratorExit):
    try:
        try: raise c("base")
        except Exception: print("Exception")
    except BaseException as b: print("Base", repr(b))
eg = ExceptionGroup("g", [ValueError(1), KeyError(2)]) if False else None
class MyErr(ValueError, KeyError): pass
try: raise MyErr("multi")
except KeyError as e: print(repr(e), str(e), [k.__name__ for k in MyErr.__mro__])
def classify(f):
    try: f()
    except (ArithmeticError, LookupError) as e: return type(e).__name__, isinstance(e, LookupError)
    except Exception as e: return "other", type(e).__name__
print(classify(lambda: 1 / 0), classify(lambda: [][0]), classify(lambda: {}[0]), classify(lambda: int("x")), classify(lambda: None.x), classify(lambda: 10.0 ** 1000 if False else float(10 ** 400)))
