def g(n):
    try:
        print("try", n); yield n; print("after", n)
    finally: print("finally", n)
for x in g(1): print("loop", x)
g2 = g(2)
for x in g2: break
g2.close()
print("after break"); it = g(3); next(it)
try: it.throw(RuntimeError("r"))
except RuntimeError as e: print(e)
def ret_in_except():
    try: yield 1
    except KeyError: return "swallowed"
r = ret_in_except(); next(r)
try: r.throw(KeyError("lost"))
except StopIteration as e: print(e.value)
def nested():
    for i in range(2):
        try:
            try: yield i
            finally: print("inner", i)
        except ValueError: print("VE", i); yield "caught"
        else: print("else", i)
        finally: print("outer", i)
n = nested(); print(next(n)); print(n.throw(ValueError)); print(next(n)); print(list(n))
def with_exc_state():
    try: raise KeyError("inside")
    except KeyError:
        yield 1
        try: raise
        except KeyError as e: print("reraised", repr(e))
try: raise ValueError("outside")
except ValueError:
    w = with_exc_state(); next(w)
    try: raise
    except ValueError as e: print("still", e)
    list(w)
def ctx():
    try: yield
    except Exception as e: raise TypeError("new") from e
c = ctx(); next(c)
try: c.throw(ValueError("old"))
except TypeError as e: print(e, repr(e.__cause__), repr(e.__context__))
c = ctx(); next(c)
try: c.throw(ValueError)
except TypeError as e: print(repr(e.__cause__))
def imp():
    yield 1
    raise IndexError("imp")
try:
    try: raise KeyError("first")
    except KeyError: list(imp())
except IndexError as e: print(repr(e.__context__))
def deleg():
    try: yield from g("d")
    except GeneratorExit: print("GE"); raise
    finally: print("deleg fin")
d = deleg(); next(d); d.close()
class Ctl(Exception): pass
def sched(tasks):
    out = []
    while tasks:
        t = tasks.pop(0)
        try: out.append(next(t)); tasks.append(t)
        except StopIteration as e: out.append(("done", e.value))
        except Ctl as e: out.append(("ctl", str(e)))
    return out
def task(n, k):
    for i in range(k): yield (n, i)
    if n == "b": raise Ctl("b failed")
    return n * 2
print(sched([task("a", 2), task("b", 1), task("c", 3)]))
