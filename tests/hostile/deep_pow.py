import sys
class A:
    def __pow__(self, o): return pow(self, o)
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        A() ** 2
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
A() ** 2
