def deco(f):
    print("deco", f.__name__)
    def wrap(*a, **k):
        print("call", f.__name__, [x for x in a if isinstance(x, int)], k)
        return f(*a, **k)
    return wrap
def param(n):
    print("param", n)
    def d(f):
        print("apply", n)
        return lambda *a: f(*a) * n
    return d
@deco
def a(x, y=1): return x + y
@param(2)
@param(3)
@deco
def b(x): return x
print(a(1, y=5), b(4))
class Count:
    def __init__(self, f): self.f, self.n = f, 0
    def __call__(self, *a):
        self.n += 1
        return self.f(*a)
@Count
def c(x): return -x
print(c(1), c(2), c.n)
@lambda f: "replaced"
def d(): pass
print(d)
def cls_deco(cls):
    cls.extra = lambda self: "extra " + cls.__name__
    return cls
@cls_deco
class K: pass
print(K().extra())
registry = {}
def register(name):
    def inner(f):
        registry[name] = f
        return f
    return inner
@register("one")
def one(): return 1
@register("two")
def two(): return 2
print({k: f() for k, f in registry.items()}, one())
class M:
    @deco
    def m(self, x): return x * 2
    @staticmethod
    @deco
    def s(x): return x
    @classmethod
    def c(cls, x): return cls.__name__, x
    @property
    @deco
    def p(self): return "prop"
m = M(); print(m.m.__name__, m.m(3), M.s(4), M.c(5), m.c(6))
print(m.p)
def memo(f):
    cache = {}
    def g(*a):
        if a not in cache: cache[a] = f(*a)
        return cache[a]
    g.cache = cache
    return g
@memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(90), len(fib.cache))
ds = [lambda f: lambda: f() + "1", lambda f: lambda: f() + "2"]
@ds[0]
@ds[1]
def e(): return "e"
print(e())
