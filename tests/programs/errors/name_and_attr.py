import sys
class A:
    cls = 1
    __slots__ = ("s",)
    def m(self): pass
class B:
    @property
    def ro(self): return 1
    @classmethod
    def c(cls): pass
a, b = A(), B()
def f(): pass
def attempt(fn):
    try: fn()
    except Exception as e: print(type(e).__name__, "|", e, "|", getattr(e, "name", None))
for fn in (lambda: a.x, lambda: a.s, lambda: A.x, lambda: b.x, lambda: B.x, lambda: f.x, lambda: a.m.x, lambda: (1).x, lambda: "".x, lambda: None.x, lambda: [].x, lambda: {}.x, lambda: int.x, lambda: type.x, lambda: sys.x, lambda: len.x, lambda: (lambda: 0).x, lambda: super.x, lambda: object().x, lambda: ().x, lambda: b"".x, lambda: set().x, lambda: range(1).x, lambda: (x for x in []).x, lambda: ValueError().x, lambda: ValueError.x, lambda: True.x, lambda: ....x, lambda: slice(1).x, lambda: print.x, lambda: b.ro.x, lambda: b.c.x, lambda: B.ro.x, lambda: iter([]).x, lambda: {}.keys().x, lambda: undefined, lambda: Undefined.x, lambda: len_, lambda: sy, lambda: getattr(a, "dyn"), lambda: object.__getattribute__(a, "q"), lambda: a.__x, lambda: a.__dict__):
    attempt(fn)
def st(o, n, v=1): return lambda: setattr(o, n, v)
for o in (a, b, 1, "", None, [], int, len, object(), f, (), sys, range(1), ValueError(), A, B, b.c, True):
    attempt(st(o, "newattr")); attempt(lambda: delattr(o, "gone")); 
for fn in (st(b, "ro"), lambda: delattr(b, "ro"), st(A, "__name__", 5), st(f, "__defaults__", 5), st(f, "__name__", 5), st(a, "__class__", 5), st(a, "cls"), lambda: delattr(a, "s"), st(f, "__dict__", 5), lambda: delattr(f, "__name__"), st(B, "__bases__", 5)):
    attempt(fn)
