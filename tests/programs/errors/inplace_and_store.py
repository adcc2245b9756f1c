def tryall(fs):
    for f in fs:
        try: f()
        except Exception as e: print(type(e).__name__, e)
def a1():
    x = 1; x += "a"
def a2():
    x = "a"; x -= 1
def a3():
    x = []; x += 1
def a4():
    x = (); x += []
def a5():
    x = {}; x |= 1
def a6():
    x = None; x *= 2
def a7():
    x = 5; x.y = 1
def a8():
    x = [1]; x["a"] = 1
def a9():
    x = (1,); x[0] = 1
def b1():
    x = "a"; x[0] = "b"
def b2():
    x = 5; x[0] = 1
def b3():
    x = 5; del x[0]
def b4():
    x = None; x.y = 1
def b5():
    x = (1,); del x[0]
def b6():
    x = [1]; x[5] = 1
def b7():
    x = [1]; del x["a"]
def b8():
    int.foo = 1
def b9():
    del int.real
def c1():
    x = {}; x[[]] = 1
def c2():
    x = range(3); x[0] = 1
def c3():
    for i in 5: pass
def c4():
    a, b = 5
def c5():
    [a, b] = [1]
def c6():
    with 5: pass
def c7():
    raise 5
def c8():
    assert False, [1, 2]
def c9():
    x = len; x.y = 1
def d1():
    f"{1:z}"
def d2():
    print("a" % 5)
def d3():
    x = lambda: 0; x[0]
def d4():
    class A(5): pass
def d5():
    class A(int, str): pass
def d6():
    import nope_mod
def d7():
    from math import nothing
def d8():
    return [1, 2][1:2]["x"]
def d9():
    x = object(); x.y = 1
def e1():
    x = 1.5; x.real = 2
def e2():
    x = [].append; x.y = 1
def e3():
    x = slice(1); x.start = 2
def e4():
    x = frozenset(); x |= 5
def e5():
    int.__add__(1)
def e6():
    int.__add__("a", 1)
def e7():
    [].append(*[1, 2])
def e8():
    str.join("a")
def e9():
    {}.get()
tryall([v for k, v in sorted(globals().items()) if len(k) == 2 and k[1].isdigit()])
