import sys
class A:
    def __iter__(self): return iter(self)
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        list(A())
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
list(A())
