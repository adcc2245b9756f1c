import sys
class A:
    def __radd__(self, o): return sum([self])
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        sum([A()])
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
sum([A()])
