# What the errors of unhashable keys call classes.
def f():
    class L(list): pass
    class S(dict): pass
    for v in L(), S(), (L(),), [], ({},):
        for g in (lambda: {v: 1}, lambda: {v}, lambda: hash(v), lambda: {1:2}.get(v)):
            try: g()
            except TypeError as e: print(e)
f()
