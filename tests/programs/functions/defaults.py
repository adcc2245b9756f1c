def f(a, l=[]):
    l.append(a)
    return l
print(f(1), f(2), f(3, []), f(4), f.__defaults__)
x = 1
def g(v=x): return v
x = 2
print(g(), g(x), g.__defaults__)
def h(*, k={}, n=None):
    k[len(k)] = n
    return k
print(h(), h(n=5), h.__kwdefaults__)
def t(v): print("default", v); return v
def order(a=t(1), b=t(2), *, c=t(3)): return a, b, c
print(order(), order(b=0), order.__defaults__, order.__kwdefaults__)
def noret(): pass
def ret(): return
def retcond(x):
    if x: return "yes"
print(noret(), ret(), retcond(1), retcond(0), print("p"))
def many(): return 1, 2, 3
print(many(), type(many()).__name__)
print(f.__name__, f.__qualname__, f.__doc__, f.__module__, type(f).__name__, (lambda: 0).__name__, callable(f))
def doc():
    """Docs here."""
    def inner(): pass
    return inner
print(doc.__doc__, doc().__qualname__, doc().__name__)
doc.attr = 5; doc.__doc__ = "new"; doc.__name__ = "renamed"
print(doc.attr, doc.__doc__, doc.__name__, hasattr(doc, "zzz"), doc.__dict__)
try:
    doc.zzz
except AttributeError as e:
    print(e)
g.__defaults__ = (99,); print(g())
def annotated(a: int, b: "str" = 5, *c: 1, d: list = None, **e) -> None:
    v: int = 3
    w: str
    return v
print(annotated(1))
def outer_first(a, b=lambda: x): return b()
print(outer_first(1))
def rec(n): return 1 if n == 0 else n * rec(n - 1)
r2 = rec; rec = lambda n: 100
print(r2(5))
del g
try:
    g()
except NameError as e:
    print(e)
