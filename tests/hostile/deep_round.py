import sys
class A:
    def __round__(self): return round(self)
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        round(A())
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
round(A())
