print([x * x for x in range(5)], [x for x in range(10) if x % 2 if x > 3], [(x, y) for x in range(3) for y in "ab"], [y for x in [[1, 2], [3]] for y in x], {x: x * 2 for x in range(3)}, {x % 3 for x in range(10)}, list(x for x in range(3)))
x = "outer"; [x for x in range(3)]; print(x); print([x for x in [x]], [[x for x in range(y)] for y in range(4)])
def f():
    n = 10
    return [n + i for i in range(3)], [lambda: i for i in range(3)], {k: n for k in "ab"}
a, fs, d = f(); print(a, [g() for g in fs], d)
print([g() for g in [lambda i=i: i for i in range(3)]], [(lambda: y)() for y in range(3)])
class C:
    items = [1, 2, 3]
    doubled = [v * 2 for v in items]
    try:
        bad = [v for v in items if v in items]
    except NameError as e:
        bad = str(e)
    k = 5
    try:
        nested = [k for v in range(2)]
    except NameError as e:
        nested = str(e)
print(C.doubled, C.bad, C.nested, hasattr(C, "v"))
print([y := 5, y ** 2], [last := i for i in range(5)], last, any((w := i) > 3 for i in range(10)), w, [z for i in range(6) if (z := i * i) % 2 == 0])
print({k: v for k, v in zip("abc", range(3))}, {v: k for k, v in {"a": 1}.items()}, {i: {j: i * j for j in range(2)} for i in range(2)}, sum(i for i in range(10)), max((len(s), s) for s in ["a", "bbb", "cc"]), dict((i, i) for i in range(2)), sorted(-i for i in range(3)), tuple(i for i in "ab"), "".join(c for c in "abc" if c != "b"))
g = (i * 10 for i in range(3)); print(next(g), list(g), list(g))
try:
    (q for q in 5)
except TypeError as e:
    print(e)
try:
    list(1 // q for q in [1, 0])
except ZeroDivisionError as e:
    print(e)
def log(v): print("eval", v); return v
g = (log(i) for i in log([1, 2])); print("made"); print(list(g)); print([log(k) for k in log((1, 2)) if log(k > 1)], {log("k"): log("v") for _ in "1"})
