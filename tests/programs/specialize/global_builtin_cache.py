x = 1
def f(): return x
def g(): return len([1, 2, 3])
for _ in range(300): f(); g()
x = 2; print(f()); len = lambda l: "shadowed"; print(g()); del len; print(g()); del x
try: f()
except NameError as e: print(e)
x = "back"; print(f()); globals()["x"] = "via dict"; print(f())
def h():
    global counter
    counter += 1
    return counter
counter = 0
for _ in range(500): h()
print(counter); counter = 1.5; print(h()); counter = "s"
try: h()
except TypeError as e: print(e)
def helper(n): return n + 1
def user(n): return helper(n)
for _ in range(300): user(1)
def helper(n): return n * 100
print(user(2)); helper = str; print(user(5)); helper = lambda n, k=7: n + k; print(user(1))
class helper:
    def __init__(self, n): self.n = n
print(user(3).n)
import builtins
def b(): return newbuiltin()
try: b()
except NameError as e: print(e)
builtins.newbuiltin = lambda: "from builtins"; print(b()); newbuiltin = lambda: "global first"; print(b()); del newbuiltin; print(b()); del builtins.newbuiltin
try: b()
except NameError as e: print(e)
def defaults(a, b=1): return a + b
for _ in range(300): defaults(1)
defaults.__defaults__ = (10,); print(defaults(1)); defaults.__code__ = (lambda a, b: a * b).__code__; print(defaults(3)); old = abs
def ab(v): return abs(v)
for _ in range(300): ab(-1)
builtins.abs = lambda v: "patched abs"; print(ab(-5)); builtins.abs = old; print(ab(-5))
