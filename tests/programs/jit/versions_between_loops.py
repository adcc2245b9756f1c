# Classes, globals and functions that change between runs of one loop: its traces are made anew, or given up in the end.


class A:
    k = 1

    def f(self, x):
        return x + self.k


def helper(x):
    return x % 7


def run(n, a):
    t = 0
    for i in range(n):
        t += a.f(i) + SCALE + helper(t)
    return t


def nested(n, a):
    t = 0
    for i in range(n):
        for j in range(5):
            t += a.f(j) * i
        if i == n // 2:
            A.k += 1
    return t


SCALE = 3
a = A()
print(run(400, a))
A.k = 2
print(run(400, a))
A.f = lambda self, x: x - self.k
print(run(400, a))
SCALE = "x" * 0 or 5
print(run(400, a))


def helper(x):
    return x % 11


print(run(400, a))
for j in range(20):
    A.k = j
    print(run(150, a), nested(60, a))
del A.k
try:
    print(run(400, a))
except AttributeError as e:
    print(e)
A.k = property(lambda self: 9)
print(run(400, a))
