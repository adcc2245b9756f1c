# A class changes inside a built-in function that a trace calls and that changes nothing of classes most of the time.


class A:
    def get(self):
        return 1


class B(A):
    pass


class Other:
    pass


def two(self):
    return 2


def three(self):
    return 3


def run(o, targets, what):
    total = 0
    for x in targets:
        total += o.get()
        setattr(x, "get", what)
        total += o.get()
    return total


def straight(o, x, what):
    before = o.get()
    setattr(x, "get", what)
    return before * 10 + o.get()


def targets(cls, at, n=600):
    out = [Other() for _ in range(n)]
    out[at] = cls
    return out


print(run(A(), targets(A, 500), two))
print(run(B(), targets(B, 400), three))
print(run(B(), targets(Other, 300), three))


class C:
    def get(self):
        return 5


class D(C):
    pass


ds = [D() for _ in range(3)]
out = []
for i in range(700):
    out.append(straight(ds[i % 3], C if i == 650 else Other(), two))
print(out[:3], out[645:655], sum(out))


def method_of(o):
    return o.get()


class E:
    def get(self):
        return 7


e = E()
log = []
for i in range(900):
    a = method_of(e)
    delattr(E if i == 800 else type("T", (), {"get": 1}), "get") if i % 100 == 0 and i else None
    try:
        log.append(a + method_of(e))
    except AttributeError as err:
        log.append(str(err))
        E.get = lambda self: i
print(log[:2], log[798:803], log[-1])
