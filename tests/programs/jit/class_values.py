class C:
    n = 0
    s = "a"
class D(C):
    pass
class E:
    n = 5
def run():
    for i in range(3000):
        C.n += 1
        if i == 1500:
            C.n = 2.5
        if i == 2000:
            C.n = 10**30
        if i == 2200:
            C.n = True
        if i == 2500:
            D.n = "own"
            E.n = 7
        if i % 500 == 0:
            print(i, C.n, D.n, C().n, D().n, E.n, E().n)
run()
def run2():
    out = []
    for i in range(2000):
        C.s = i
        if i == 700:
            C.s = property(lambda self: "prop")
        if i == 900:
            C.s = lambda self: "method"
        if i == 1100:
            C.s = staticmethod(lambda: 3)
        if i == 1300:
            del C.s
        try:
            v = C().s
            w = C.s
        except AttributeError as e:
            v = str(e)
            w = 0
        if callable(v):
            v = v()
        if i % 100 == 0:
            out.append((i, v, w if not callable(w) and not isinstance(w, property) else type(w).__name__))
    print(out)
run2()
class M(type):
    @property
    def q(cls): return 42
    def __setattr__(cls, k, v):
        print("set", k, v)
        super().__setattr__(k, v)
class K(metaclass=M):
    q = 1
    r = 0
for i in range(3):
    K.r += 1
print(K.q, K.r, K().q)
class Counter:
    made = 0
    def __init__(self):
        Counter.made += 1
        self.id = self.made
def many():
    t = 0
    for i in range(3000):
        t += Counter().id
    return t, Counter.made
print(many())
