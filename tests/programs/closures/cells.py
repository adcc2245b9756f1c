def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    return inc, get
i1, g1 = counter(); i2, g2 = counter()
print(i1(), i1(5), i2(), g1(), g2())
def late():
    fs = []
    for i in range(3):
        def f(): return i
        fs.append(f)
    i = "changed"
    return [f() for f in fs]
print(late())
def multi():
    x = 1
    def a():
        def b():
            nonlocal x
            x += 1
            return x
        return b
    b = a()
    return b(), b(), x
print(multi())
def unbound():
    def f(): return v
    try:
        f()
    except NameError as e:
        print(type(e).__name__, e)
    v = 1
    print(f())
    del v
    try:
        f()
    except NameError as e:
        print(type(e).__name__, e)
    try:
        v
    except UnboundLocalError as e:
        print(type(e).__name__, e)
unbound()
def param_cell(x, *args, **kw):
    def f(): return x, args, kw
    x += 1
    return f
print(param_cell(1, 2, k=3)())
def make(n):
    if n == 0: return lambda: "end"
    prev = make(n - 1)
    return lambda: str(n) + prev()
print(make(5)())
f = param_cell(1); print([c.cell_contents for c in f.__closure__], (lambda: 0).__closure__)
def acc(total=0):
    def add(x):
        nonlocal total
        total += x
        return total
    return add
a = acc(); print([a(i) for i in range(5)])
def swap():
    x, y = 1, 2
    def s():
        nonlocal x, y
        x, y = y, x
    s(); return x, y
print(swap())
def loopvar():
    r = []
    for x in range(2):
        y = x * 10
        r.append(lambda: (x, y))
    return [f() for f in r]
print(loopvar())
def cond(flag):
    if flag: z = "set"
    def f(): return z
    return f
print(cond(True)())
try: cond(False)()
except NameError as e: print(e)
def exc_cell():
    try: 1 / 0
    except ZeroDivisionError as e:
        f = lambda: e
        print(type(f()).__name__)
    try: f()
    except NameError as e2: print(e2)
exc_cell()
