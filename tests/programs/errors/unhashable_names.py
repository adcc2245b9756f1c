# What the errors of unhashable keys call classes.
def f():
    class L(list): pass
    class S(dict): pass
    for v in L(), S(), (L(),), [], ({},):
        for g in (lambda: {v: 1}, lambda: {v}, lambda: hash(v), lambda: {1:2}.get(v)):
            try: g()
            except TypeError as e: print(e)
f()


class C:
    __hash__ = None
class D:
    def __init__(s): s.v=[]
    def __hash__(self): return hash(self.v)
def g():
    class D2(D): pass
    for x in C(), D(), D2(), (D2(),), (C(),):
        for h in lambda: {x: 1}, lambda: {x}, lambda: hash(x), lambda: x in {1:2}, lambda: x in {1}:
            try: h()
            except TypeError as e: print(e)
g()
