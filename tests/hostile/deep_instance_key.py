import sys
class A:
    def __lt__(self, o): return max([self, o], key=lambda v: v < o)
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        min([A(), A()])
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
min([A(), A()])
