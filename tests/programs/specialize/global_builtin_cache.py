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
def defaults(a, b=1): return a + b
for _ in range(300): defaults(1)
defaults.__defaults__ = (10,); print(defaults(1)); print(defaults(3, 4))
def ab(v): return abs(v)
for _ in range(300): ab(-1)
abs = lambda v: "shadowed abs"; print(ab(-5)); del abs; print(ab(-5))
