import sys
class A:
    def __add__(self, o): return o + self
    __radd__ = __add__
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        A() + A()
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
A() + A()
