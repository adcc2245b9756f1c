import sys
class A:
    def __get__(self, o, t): return o.d
class O: d = A()
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        O().d
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
O().d
