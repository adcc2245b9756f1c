class CM:
    def __init__(self, n, sup=False, ret=None): self.n, self.sup, self.ret = n, sup, ret
    def __enter__(self): print("enter", self.n); return self.ret or self
    def __exit__(self, t, v, tb): print("exit", self.n, t.__name__ if t else None, v, tb is not None); return self.sup
with CM("a") as a: print("body", a.n)
with CM("b"), CM("c", ret=5) as c: print(c)
with (CM("p"), CM("q") as q,): print("paren", q.n)
with CM("s", sup=True): raise ValueError("x")
print("after")
try:
    with CM("o"), CM("i"): raise KeyError("k")
except KeyError as e: print(repr(e))
with CM("o2", sup=True), CM("i2"): raise KeyError("k2")
def f():
    with CM("ret"): return "value"
def g():
    for i in range(3):
        with CM(i):
            if i == 0: continue
            if i == 1: break
print(f()); g()
class BadExit(CM):
    def __exit__(self, *a): raise RuntimeError("exit failed")
try:
    with BadExit("be"): raise ValueError("orig")
except RuntimeError as e: print(e, repr(e.__context__))
class BadEnter(CM):
    def __enter__(self): raise RuntimeError("enter failed")
try:
    with CM("outer"), BadEnter("x"): print("no")
except RuntimeError as e: print(e)
class NoExit:
    def __enter__(self): pass
class NoEnter:
    def __exit__(self, *a): pass
for o in (5, NoExit(), NoEnter()):
    try:
        with o: pass
    except TypeError as e: print(e)
with CM("tuple", ret=(1, 2)) as (x, y): print(x, y)
d = {}
with CM("item", ret=7) as d["k"]: print(d)
def gen():
    with CM("gen"):
        yield 1
        yield 2
for v in gen(): print(v)
gn = gen(); next(gn); gn.close()
try:
    gn = gen(); next(gn); gn.throw(ValueError("thrown"))
except ValueError as e: print(e)
class Truthy:
    def __enter__(self): return self
    def __exit__(self, *a): return [1]
with Truthy(): 1 / 0
i = CM("inst"); i.__exit__ = lambda *a: print("instance exit")
with i: pass
with CM("nest1"):
    with CM("nest2", sup=True):
        with CM("nest3"): raise IndexError("deep")
    print("still in nest1")
def h():
    with CM("x", sup=True): raise ValueError
    return "after suppressed"
print(h())
