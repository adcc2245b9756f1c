def f(k):
    log = []
    try:
        log.append("try")
        if k == 1: raise ValueError("v")
        if k == 2: raise KeyError("k")
        if k == 3: return log + ["ret"]
        if k == 4: raise OSError("o")
    except ValueError as e: log.append(f"VE {e}")
    except (KeyError, IndexError) as e: log.append(f"KE {e}")
    else: log.append("else")
    finally: log.append("finally")
    log.append("end")
    return log
for k in range(5):
    try: print(k, f(k))
    except OSError as e: print(k, "escaped", e)
def fin_override(k):
    try:
        if k == 0: return "try"
        if k == 1: raise ValueError
    except ValueError: return "except"
    finally:
        if k == 2: print("fin only")
        print("fin", k)
    return "end"
print([fin_override(k) for k in range(3)])
def nested():
    try:
        try: raise ValueError("a")
        finally: print("f1")
    except ValueError as e: print("c1", e)
    try:
        try: raise KeyError("b")
        except ValueError: print("wrong")
        else: print("wrong")
        finally: print("f2")
    except KeyError as e: print("c2", e)
nested()
def loop():
    r = []
    for i in range(5):
        try:
            if i == 1: continue
            if i == 3: break
            r.append(i)
        except Exception: pass
        else: r.append(f"e{i}")
        finally: r.append(f"f{i}")
    return r
print(loop())
def reraise():
    try:
        try: 1 / 0
        except ZeroDivisionError: print("first"); raise
    except ArithmeticError as e: print("second", e, type(e).__name__)
reraise()
try: raise
except RuntimeError as e: print(e)
class A(Exception): pass
class B(A): pass
for c in (A, B, A("x"), B("y", 1)):
    try: raise c
    except B as e: print("B", repr(e), e.args)
    except A as e: print("A", repr(e), e.args)
for bad in (5, "str", None, int, object()):
    try: raise bad
    except TypeError as e: print(e)
try:
    try: raise ValueError("x")
    except 5: pass
except TypeError as e: print(e)
try:
    try: raise ValueError("x")
    except (KeyError, "s"): pass
except TypeError as e: print(e)
def dyn(): print("evaluated"); return ValueError
try: raise ValueError("dyn")
except dyn() as e: print("ok", e)
try: pass
except undefined_exc: pass
try: raise KeyError
except (): print("no")
except: print("bare")
try:
    try: raise ValueError("orig")
    finally: 1 / 0
except ZeroDivisionError as e: print(e, repr(e.__context__))
def gen_exc():
    while True:
        try: yield
        except ValueError as e: print("gen", e)
g = gen_exc(); next(g); g.throw(ValueError("t1")); g.throw(ValueError("t2"))
def depth(n):
    try: return depth(n - 1) if n else 1 / 0
    finally: out.append(n)
out = []
try: depth(3)
except ZeroDivisionError: print(out)
