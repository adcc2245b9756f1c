a, b = 1, 2; (c, d), e = (3, 4), 5; [f, g] = "xy"; h, = [9]; print(a, b, c, d, e, f, g, h)
a, *b = [1, 2, 3]; print(a, b); *a, b = "abc"; print(a, b); a, *b, c = (1, 2); print(a, b, c); *a, = range(3); print(a); (a, *b), c = ([1, 2, 3], 4); print(a, b, c); [*a, b], *c = [(1, 2), 3, 4]; print(a, b, c)
a, b = b, a; print(a, b)
x = [1, 2, 3]; i = 0; i, x[i] = 1, "set"; print(i, x); x[0], x[1], x[2] = x[2], x[0], x[1]; print(x)
class O: pass
o = O(); o.a, o.b = 1, (2, 3); d = {}; d["k"], (d["l"], *d["m"]) = 0, "pqr"; print(o.a, o.b, d)
for a, (b, c) in [(1, (2, 3)), (4, "xy")]: print(a, b, c)
for i, (k, *v) in enumerate(["abc", "d"]): print(i, k, v)
a = b = c = []; a.append(1); print(b, c, a is c)
def bad(n, v):
    if n == 2: a, b = v
    elif n == 3: a, b, c = v
    elif n == "s": a, *b, c = v
    elif n == 0: () = v
    return "ok"
for n, v in ((2, [1]), (2, [1, 2, 3]), (2, []), (3, "ab"), (3, "abcd"), ("s", [1]), ("s", ()), (2, 5), (2, None), (0, [1]), (0, []), (2, {1: 2, 3: 4}), (2, {1}), (2, iter([1, 2, 3])), (3, range(10)), (2, {"a": 1, "b": 2, "c": 3}), (2, (1, 2, 3, 4)), ("s", 7)):
    try:
        print(bad(n, v))
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
def gen():
    print("g1"); yield 1; print("g2"); yield 2; print("g3"); yield 3; print("end")
a, b, c = gen()
try:
    a, b = gen()
except ValueError as e: print(e)
def trace(v): print("t", v); return v
trace(x)[trace(0)], trace(x)[trace(1)] = trace(8), trace(9); print(x)
print([*range(2), *"ab"], (*[1], *(2,)), {*[1], *[2]}, {**{"a": 1}, "b": 2, **{"a": 3}}, [*[]], [*{}, *{"k": 1}]); a = *[1, 2], 3; print(a)
for x in *[1], 2: print(x)
