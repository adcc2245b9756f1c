import sys
class A:
    def __contains__(self, x): return x in self
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        1 in A()
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
1 in A()
