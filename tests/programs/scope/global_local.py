x = 1
def read(): return x
def shadow():
    x = 2
    return x
def mod():
    global x, newg
    x += 10; newg = "created"
    return x
print(read(), shadow(), mod(), x, newg)
def unb():
    try:
        print(x)
    except UnboundLocalError as e:
        print(e)
    x = 5
    del x
    try: x
    except UnboundLocalError as e: print(e)
    x = 6; print(x)
unb()
def aug():
    try: x += 1
    except UnboundLocalError as e: print(e)
aug()
for name in ("undefined_name", "prin"):
    try: eval_ = {"undefined_name": lambda: undefined_name, "prin": lambda: prin}[name]()
    except NameError as e: print(e, e.name)
def dele():
    global tmp
    tmp = 1; del tmp
    try: tmp
    except NameError as e: print(e)
    try: del tmp
    except NameError as e: print(e)
dele()
len_ = len
def f():
    len = lambda v: "local len"
    return len([]), len_([1])
print(f()); len = lambda v: "global len"; print(len([1, 2])); del len; print(len([1, 2]))
class A:
    x = "class"
    def m(self): return x
    y = x
    def n(self): return self.x
    x = x + "2"
print(A().m() == x, A.y, A().n())
def fn_class():
    x = "fn"
    class B:
        a = x
        def m(self): return x
    return B.a, B().m()
print(fn_class())
def fn_class2():
    x = "enclosing"
    class B:
        x = x if False else "cls"
        def m(self): return x
    return B.x, B().m()
try: print(fn_class2())
except NameError as e: print(e)
if True:
    block = "visible"
for loopv in range(3): pass
print(block, loopv, __name__)
try: pass
except Exception as never: pass
try: raise ValueError("v")
except ValueError as e: saved = e
try: e
except NameError as ne: print(ne, saved)
def param(a, a_=5):
    a = a + 1
    del a_
    try: return a_
    except UnboundLocalError as e: return a, str(e)
print(param(1)); import sys; print(globals()["x"] == x, "x" in globals())
def loc(a):
    b = 2
    return sorted(locals().items())
print(loc(1)); globals()["dyn"] = 7; print(dyn)
