def g():
    print("start")
    x = yield 1
    print("got", x)
    try:
        y = yield x
        print("got", y)
    except ValueError as e:
        print("caught", e)
        yield "recovered"
    finally:
        print("cleanup")
    return "result"
it = g(); print(next(it)); print(it.send("a")); print(it.throw(ValueError("v")))
try: next(it)
except StopIteration as e: print("stop", e.value, e.args)
try: next(it)
except StopIteration as e: print("again", e.value)
it = g(); next(it); it.close(); print(list(it)); it = g()
try: it.send(5)
except TypeError as e: print(e)
it = g(); it.close(); print(next(it, "closed")); it = g()
try: it.throw(KeyError("early"))
except KeyError as e: print(repr(e))
def stubborn():
    try: yield 1
    except GeneratorExit: yield 2
s = stubborn(); next(s)
try: s.close()
except RuntimeError as e: print(e)
def ret_close():
    try: yield 1
    except GeneratorExit: return "value"
r = ret_close(); next(r); print(r.close(), r.close())
def selfish():
    yield next(me)
me = selfish()
try: next(me)
except ValueError as e: print(e)
def raises(): yield 1; raise KeyError("in gen")
it = raises(); print(next(it))
try: next(it)
except KeyError as e: print(repr(e))
print(next(it, "exhausted"))
def si(): yield 1; raise StopIteration("bad")
try: list(si())
except RuntimeError as e: print(e, repr(e.__cause__))
def nxt(): yield next(iter([]))
try: list(nxt())
except RuntimeError as e: print(e)
def empty(): return; yield
print(list(empty()), type(empty()).__name__, empty.__name__, empty().__name__, it.__name__, iter(it) is it)
for f in (lambda: empty()[0], lambda: len(empty()), lambda: empty().send(), lambda: empty().throw(), lambda: empty().throw(5), lambda: empty().nope, lambda: empty()()):
    try: f()
    except Exception as e: print(type(e).__name__, e)
def fib():
    a, b = 0, 1
    while True: yield a; a, b = b, a + b
f = fib(); print([next(f) for _ in range(10)], [x for x, _ in zip(fib(), range(5))]); print([(yield_ := x) for x in fib() if x > 100 or f.close()] if False else "ok")
