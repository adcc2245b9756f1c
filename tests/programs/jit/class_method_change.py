# Methods replaced, added, deleted and shadowed while a loop calls them.
class A:
    def m(self): return 1
    def k(self): return 100


class B(A):
    pass


def run(o, n, change):
    t = 0
    for i in range(n):
        if i == n // 2:
            change(o)
        t += o.m()
    return t


def replace(o): A.m = lambda self: 2
def shadow(o): B.m = lambda self: 3
def unshadow(o): del B.m
def instance(o): o.m = lambda: 4
def uninstance(o): del o.m
def static(o): B.m = staticmethod(lambda: 5)
def classm(o): B.m = classmethod(lambda cls: len(cls.__name__))
def bound(o): B.m = A().k
def builtin(o): B.m = abs
def restore(o):
    A.m = lambda self: 7
    del B.m


b = B()
for change in (replace, shadow, unshadow, instance, uninstance, static, classm, bound, restore):
    print(change.__name__, run(b, 120, change))
try:
    B.m = len
    print(run(b, 120, lambda o: None))
except TypeError as e:
    print(e)


def missing(n):
    del B.m
    t = 0
    for i in range(n):
        if i == 70:
            del A.m
        try:
            t += b.m()
        except AttributeError as e:
            t += 1000
            message = str(e)
    return t, message


print(missing(100))
