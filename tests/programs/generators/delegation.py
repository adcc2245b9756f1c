def g():
    try:
        x = yield 1
        print("got", x)
        y = yield 2
        print("got", y)
        return "ret"
    except ValueError as e:
        print("VE", e); yield "handled"
    finally: print("fin")
it = g(); print(next(it), it.send("a"))
try: it.send("b")
except StopIteration as e: print("SI", e.value, e.args)
it = g(); next(it); print(it.throw(ValueError("v")))
try: next(it)
except StopIteration as e: print("SI", e.value)
it = g(); next(it); it.close(); it.close(); print(list(it))
it = g()
try: it.send(1)
except TypeError as e: print(e)
it = g()
try: it.throw(KeyError("k"))
except KeyError as e: print("KE", e)
try: next(it)
except StopIteration: print("done")
def ign():
    while True:
        try: yield 1
        except GeneratorExit: print("ignored"); yield 2; return
i = ign(); next(i)
try: i.close()
except RuntimeError as e: print(e)
def sub():
    try:
        r = yield "s1"; print("sub got", r)
        yield "s2"
    except KeyError as e: print("sub KE", e); return "subret-exc"
    return "subret"
def outer():
    r = yield from sub(); print("r", r)
    r = yield from [10, 20]; print("r", r)
    r = yield from (x for x in "ab"); print("r", r)
    return "end"
o = outer(); print(next(o), o.send("hello"), next(o), next(o), next(o), next(o))
try: next(o)
except StopIteration as e: print(e.value)
o = outer(); next(o); print(o.throw(KeyError("boo")))
print(list(o))
def raiser(): 
    yield 1
    raise StopIteration("x")
try: list(raiser())
except RuntimeError as e: print(e, repr(e.__cause__))
def rec(n):
    if n: yield n; yield from rec(n - 1)
print(list(rec(10)), sum(rec(100)))
def self_iter():
    yield next(me)
me = self_iter()
try: next(me)
except ValueError as e: print(e)
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
    def send(self, v): print("send", v); return next(self)
    def throw(self, *a): print("throw", len(a), a[0]); return "thrown"
    def close(self): print("closed")
def dele(): r = yield from It(); print("done", r)
d = dele(); print(next(d), d.send(5), d.throw(ValueError("q")))
d.close()
d = dele(); print(list(d))
gen = (x * y for x in range(3) for y in range(2) if x != y); print(gen.__name__, type(gen).__name__, list(gen))
print(repr(g)[:12], g.__name__, it.gi_running, it.gi_code.co_name, next((i for i in [] ), "dflt"))
def fin():
    try: yield 1
    finally:
        print("cleanup")
        try: 1 / 0
        except ZeroDivisionError: print("zde")
f = fin(); next(f)
try: f.throw(TypeError("tt"))
except TypeError as e: print(e, e.__context__)
def ctx():
    try: yield
    except Exception as e:
        raise ValueError("from gen") from e
c = ctx(); next(c)
try: c.throw(KeyError("orig"))
except ValueError as e: print(repr(e), repr(e.__cause__), repr(e.__context__))
def gctx():
    try: raise KeyError("in gen")
    except KeyError:
        yield 1
        raise
x = gctx(); next(x)
try:
    try: raise TypeError("outer")
    except TypeError: next(x)
except KeyError as e: print(repr(e), repr(e.__context__))
import sys
def exc():
    yield sys.exception()
try: raise OSError("No such file")
except OSError as e: print(repr(next(exc())), e.errno, e.strerror, e.filename, str(e), type(e).__name__)
def inf():
    n = 0
    while True:
        r = yield n
        n = r if r is not None else n + 1
q = inf(); print([next(q) for _ in range(3)], q.send(100), next(q))
def two(): yield; yield
print(list(two()), list(zip(inf(), "abc")), dict(zip("ab", inf())), max(x for x in [3, 1]), any(x > 2 for x in range(5)), all(x for x in ()))
a, *b = (i for i in range(4)); print(a, b); [p, q] = (i for i in "xy"); print(p, q)
try: a, b = (i for i in range(3))
except ValueError as e: print(e)
try: a, b = (i for i in range(1))
except ValueError as e: print(e)
it = iter([1, 2, 3]); print(next(it), list(it), list(it)); l = [1, 2]; it = iter(l); next(it); l.append(3); print(list(it)); 
print([*range(3), *"ab"], {**{"a": 1}, "b": 2}, (*[1], 2), {*"aab"} == {"a", "b"})
