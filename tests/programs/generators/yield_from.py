def inner():
    try:
        x = yield "i1"; print("inner got", x)
        y = yield "i2"; print("inner got", y)
    except KeyError as e: print("inner caught", repr(e)); yield "handled"
    finally: print("inner fin")
    return "inner result"
def outer():
    try: r = yield from inner(); print("outer r", r); yield r
    except ValueError as e: print("outer caught", e); yield "outer handled"
    finally: print("outer fin")
o = outer(); print(next(o), o.send("A"), o.send("B")); print(list(o))
o = outer(); next(o); print(o.throw(KeyError("k"))); print(list(o)); o = outer(); next(o); print(o.throw(ValueError("v"))); o.close(); o = outer(); next(o); o.close()
def chain(*its):
    for i in its: yield from i
print(list(chain("ab", [1, 2], {3: 4}, (x for x in "z"), range(2))))
def plain(): r = yield from [1, 2]; print("r", r); return r
print(list(plain()))
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 2: raise StopIteration("it value")
        return self.n
    def send(self, v): print("send", v); return next(self)
    def throw(self, *e): print("throw", type(e[0]).__name__); raise StopIteration("thrown value")
def d(): r = yield from It(); yield ("r", r)
x = d(); print(next(x), x.send("S"), next(x)); x = d(); next(x); print(x.throw(ValueError())); print(list(d()))
def p(): yield from plain2()
def plain2(): yield from [10]
pp = p(); next(pp)
try: pp.send(5)
except AttributeError as e: print(e)
def nosend(): yield from [1, 2]
n = nosend(); next(n)
try: n.send("x")
except AttributeError as e: print(e)
def bad(): yield from 5
try: list(bad())
except TypeError as e: print(e)
def tree(t):
    if isinstance(t, list):
        for x in t: yield from tree(x)
    else: yield t
print(list(tree([1, [2, [3, [4, [5]]]], 6])))
def countdown(n):
    if n: yield n; r = yield from countdown(n - 1); return r + 1
    return 0
def total(): r = yield from countdown(30); yield "depth", r
print(list(total())[-1])
def rec(): yield from me2
me2 = rec()
try: next(me2)
except ValueError as e: print(e)
def acc():
    t = 0
    while True:
        x = yield
        if x is None: return t
        t += x
def gather(res):
    while True: res.append((yield from acc()))
res = []; ga = gather(res); next(ga)
for v in (1, 2, 3, None, 10, None): ga.send(v)
print(res)
