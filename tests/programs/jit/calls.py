# Recursion, exceptions in inlined calls, closures, generators half-way.
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print([fib(i) for i in range(22)])
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
print([even(i) for i in range(0, 300, 37)])
def ack(m, n):
    if m == 0: return n + 1
    if n == 0: return ack(m - 1, 1)
    return ack(m - 1, ack(m, n - 1))
print(ack(2, 9))
def depth(n):
    if n == 0: raise ValueError('bottom')
    return depth(n - 1) + 1
def catch(k):
    c = 0
    for i in range(k):
        try: depth(i % 30)
        except ValueError as e: c += len(str(e))
    return c
print(catch(200))
def deep(n): return 0 if n == 0 else 1 + deep(n - 1)
for n in (50, 400, 900):
    print(deep(n))
try: deep(5000)
except RecursionError as e: print('RecursionError', e)
print(deep(800))
def check(i):
    if i % 97 == 96: raise KeyError(i)
    return i
def loop(n):
    t = 0; errs = []
    for i in range(n):
        try: t += check(i)
        except KeyError as e: errs.append(e.args[0])
    return t, errs
print(loop(500))
def mk(k):
    def inner(x): return x + k
    return inner
def clos(n):
    t = 0
    for i in range(n):
        t += mk(i)(1)
    return t
print(clos(300))
def counter(n):
    c = 0
    def bump():
        nonlocal c
        c += 1
        return c
    for _ in range(n): bump()
    return c
print(counter(500))
def gen(n):
    for i in range(n):
        x = yield i
        if x: yield x * 10
def use(n):
    g = gen(n); t = next(g)
    for i in range(n - 1):
        v = g.send(i if i % 3 == 0 else None)
        t += v
    return t
print(use(200))
def tree(d): return None if d == 0 else (tree(d - 1), d, tree(d - 1))
def total(t): return 0 if t is None else total(t[0]) + t[1] + total(t[2])
print(total(tree(12)))
def tr(n):
    for i in range(n):
        if i == 250: 1 // (i - 250)
try: tr(300)
except ZeroDivisionError as e:
    tb = e.__traceback__
    while tb: print(tb.tb_lineno); tb = tb.tb_next
