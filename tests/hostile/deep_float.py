import sys
class A:
    def __float__(self): return float(self)
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        float(A())
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
float(A())
