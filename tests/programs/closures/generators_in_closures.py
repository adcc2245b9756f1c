def gen_counter():
    n = 0
    def g():
        nonlocal n
        while True:
            n += 1
            got = yield n
            if got: n = got
    return g, lambda: n
g, peek = gen_counter(); a, b = g(), g()
print(next(a), next(b), next(a), peek(), a.send(10), next(b), peek())
class Acc:
    def __init__(self):
        total = 0
        def add(x):
            nonlocal total
            total += x
            self.last = total
            return self
        self.add = add
print(Acc().add(1).add(2).add(3).last)
def outer():
    class Inner:
        val = 5
        def get(self): return val
        def get_self(self): return self.val, __class__.__name__
    val = "closure"
    return Inner
I = outer(); print(I().get(), I().get_self())
def events():
    handlers = {}
    def on(name):
        def d(f):
            handlers.setdefault(name, []).append(f)
            return f
        return d
    def fire(name, *a): return [h(*a) for h in handlers.get(name, [])]
    return on, fire
on, fire = events()
@on("x")
def hx(v): return v + 1
@on("x")
def hy(v): return v * 2
print(fire("x", 10), fire("none"))
def pipeline(*stages):
    def run(src):
        for s in stages: src = s(src)
        return src
    return run
print(list(pipeline(lambda s: (x + 1 for x in s), lambda s: (x * x for x in s if x % 2))(range(8))))
def lazy(f):
    done = False; val = None
    def get():
        nonlocal done, val
        if not done: val, done = f(), True
        return val
    return get
l = lazy(lambda: print("computing") or 42); print(l(), l())
def stack():
    items = []
    return (lambda x: items.append(x)), (lambda: items.pop() if items else None), lambda: len(items)
push, pop, size = stack(); push(1); push(2); print(size(), pop(), pop(), pop(), size())
x = "global"
def f1():
    x = "f1"
    def f2():
        global x
        r = x
        def f3(): return x
        return r, f3()
    return f2(), x
print(f1())
