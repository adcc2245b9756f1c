import sys
class A:
    def __bool__(self): return bool(self)
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        1 if A() else 2
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
1 if A() else 2
