# Classes, shapes, globals and functions that change while a loop is hot.
class A:
    k = 3
    def __init__(self, x): self.x = x
    def m(self): return self.x + self.k
class B(A):
    def m(self): return self.x * 2
def run(objs, n):
    t = 0
    for i in range(n):
        o = objs[i % len(objs)]
        t += o.m()
        if i == 150: A.k = 10
        if i == 200: o.y = 5
        if i == 250: objs[0].k = 100
    return t
print(run([A(1), A(2)], 400))
print(run([A(1), B(2), A(3)], 400))
G = 1
def step(): return G
def g(n):
    global G
    t = 0
    for i in range(n):
        t += step()
        if i == 120: G = 7
        if i == 180: G = 2.5
    return t
print(g(300))
def f(x): return x + 1
def h(n):
    global f
    t = 0
    for i in range(n):
        t += f(i)
        if i == 100:
            f = lambda x: x - 1
        if i == 200:
            f = abs
    return t
print(h(300))
def add(n):
    class P: pass
    out = []
    for i in range(n):
        p = P()
        p.a = i
        if i > 100: p.b = i * 2
        if i > 200:
            del p.a
            out.append(hasattr(p, 'a'))
        out.append(len(p.__dict__))
    return sum(map(int, out))
print(add(300))
class D:
    @property
    def v(self): return self._v
    @v.setter
    def v(self, x): self._v = x
def prop(n):
    d = D(); d.v = 0
    for i in range(n):
        d.v = d.v + i
        if i == 150:
            D.v = property(lambda self: 1000, lambda self, x: setattr(self, '_v', x))
    return d._v, d.v
print(prop(300))
