# RecursionError out of compiled recursion: caught at several depths, and everything goes on after it.
import sys


def down(n):
    return 0 if n == 0 else 1 + down(n - 1)


def forever(n):
    return forever(n + 1) + 1


def run(k):
    c = 0
    for i in range(k):
        try:
            forever(0)
        except RecursionError as e:
            c += 1
            text = str(e)
        c += down(i * 5) * 10
    return c, text


print(run(12))


def catch_inside(n):
    try:
        return catch_inside(n + 1)
    except RecursionError:
        return 'caught'


print([catch_inside(0) for _ in range(5)])


def mutual_a(n): return mutual_b(n + 1)
def mutual_b(n): return mutual_a(n + 1)


class R:
    def __add__(self, o): return self + o
    @property
    def p(self): return self.p
    def __getattr__(self, name): return getattr(self, name + 'x')


def kinds(k):
    c = {}
    r = R()
    for i in range(k):
        for name, f in (('mutual', lambda: mutual_a(0)), ('add', lambda: r + 1), ('prop', lambda: r.p)):
            try:
                f()
            except RecursionError:
                c[name] = c.get(name, 0) + 1
    return c


print(kinds(6))
sys.setrecursionlimit(200)
try:
    down(500)
except RecursionError:
    print('at 200')
print(down(100))
sys.setrecursionlimit(1000)
print(down(900))


def finally_runs(k):
    n = 0
    def f():
        nonlocal n
        try:
            f()
        finally:
            n += 1
    for _ in range(k):
        try:
            f()
        except RecursionError:
            pass
    return n > 500 * k


print(finally_runs(4))
