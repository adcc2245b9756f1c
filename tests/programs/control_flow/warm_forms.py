# One place in the code that meets many kinds of operands: calls, loops over pairs, truth, membership, slices.
def g(n):
    for i in range(n):
        x = yield i
        if x: yield ('got', x)
a = g(10)
print([next(a) for _ in range(5)])
def f(a):
    r = []
    for _ in range(3):
        r.append(next(a)); 
    r.append(a.send(5))
    return r
print(f(a), f(g(9)), f(g(9)))
def pairs(d, l):
    s = []
    for i, x in enumerate(l): s.append((i, x))
    for k, v in d.items(): s.append(k + v)
    for p, q in zip(l, l[1:]): s.append(p * q)
    for i, (p, q) in enumerate(zip(l, d.items())): s.append((i, p, q))
    return s, [a+b for a, b in enumerate(l)], {k: v for k, v in zip(l, d)}, [k for k, v in zip(l,"abcdef")]
for _ in range(4): print(pairs({1:2,3:4}, [5,6,7]))
def def_(a, b=2, c=3): return (a,b,c)
def callit(fs):
    r = []
    for f in fs: r.append(f(1))
    return r
class C:
    def __init__(self): pass
    def __call__(self, x): return ('C', x)
    def m(self, x, y=7): return (x, y)
c = C()
for _ in range(60): x = callit([def_, c, c.m, abs, int, (5).__add__, str, lambda q: q])
print(x)
class E: pass
print(len({type(E()) for _ in range(10)}))
def ins(x, t): return x in t, x not in t, x in (1, 2, "a"), x not in [1, None, "b"]
for _ in range(5): print(ins("a", "xyza"), ins(3, (3, 4)), ins(None, [None]), ins("q", ["q1", "q"]))
def sl(l):
    l = l[:]
    l[:2] = l[1::-1]; l[1:1] = (9, 9); l[-1:] = []
    return l, l[::-2], l[5:1:-1], "hello"[1:3], (1,2,3)[1:], "hé"[0:1]
for _ in range(4): print(sl([1,2,3,4]))
class A:
    def __init__(self, k):
        if k: self.p = 1
        self.v = 0
def st(o): o.v = o.v + 1; return o.v
os_ = [A(0), A(1), A(0)]
for _ in range(100): y = [st(o) for o in os_]
print(y)
def truth(v): return 1 if v else 0
for _ in range(3): print([truth(v) for v in ([], [0], "", "a", (), (1,), {}, {1:1}, 0.0, 1.5, None, C(), set())])
for i, x in enumerate([1,2,3]):
    pass
print(i, x)
try:
    for i, x in [(1,2), 3]: pass
except TypeError as e: print(i, x, e)
def g2():
    for i, x in enumerate("abc"):
        yield i
        yield x
print(list(g2()), list(g2()))
