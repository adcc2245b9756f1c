add = lambda a, b=10, *c, d=1, **k: (a, b, c, d, k)
print(add(1), add(1, 2, 3, d=4, e=5), (lambda: None)(), (lambda *a: a)(1, 2), (lambda **k: k)(a=1), (lambda x, /, y: x - y)(5, y=3))
compose = lambda *fs: (lambda x: x) if not fs else (lambda x: fs[0](compose(*fs[1:])(x)))
print(compose(str, lambda x: x + 1, lambda x: x * 2)(5), list(map(lambda a, b: a * b, [1, 2, 3], [4, 5])), list(filter(None, [0, 1, "", "a", [], [0]])), list(filter(lambda x: x > 1, {1, 2, 3})))
def reduce(f, it, *init):
    it = iter(it)
    acc = init[0] if init else next(it)
    for x in it: acc = f(acc, x)
    return acc
print(reduce(lambda a, b: a * b, range(1, 6)), reduce(max, [3, 9, 2]), reduce(lambda a, b: b + a, "abc", "-"))
def curry(f, n, *a): return f(*a) if n == 0 else lambda x: curry(f, n - 1, *a, x)
print(curry(lambda a, b, c: (a, b, c), 3)(1)(2)(3))
def partial(f, *a, **k): return lambda *b, **j: f(*a, *b, **{**k, **j})
print(partial(print, "a", sep="-")("b", "c"), partial(int, base=2)("101"), sorted("bca", key=partial(lambda s, x: s * ord(x), -1)))
ops = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b}
def rpn(e):
    st = []
    for t in e.split():
        if t in ops: b, a = st.pop(), st.pop(); st.append(ops[t](a, b))
        else: st.append(int(t))
    return st
print(rpn("3 4 + 2 * 7 -"), [f(3, 4) for f in ops.values()], (lambda x: lambda y: lambda z: x + y + z)(1)(2)(3), (lambda f, *a: f(*a))(max, 1, 5, 3))
it = map(lambda x: print("m", x) or x, [1, 2]); print("lazy"); print(next(it), list(it)); print(list(map(None.__class__, [])), list(map(str, [1], [2])) if False else "", type(map(str, [])).__name__)
for f in (lambda: map(1, [1]), lambda: list(map(1, [1])), lambda: map(str), lambda: map(str, 5), lambda: filter(str), lambda: list(filter(5, [1])), lambda: list(map(lambda x: x, [1], [2]))):
    try:
        print(type(f()).__name__)
    except TypeError as e: print(e)
print((lambda: (yield))().__class__.__name__, [(lambda i: i * i)(i) for i in range(4)], (lambda a=1, b=2: a + b)(b=5), max([1, -5, 3], key=abs), min("bB", key=str.lower), (lambda: [x := 1, x + 1])())
