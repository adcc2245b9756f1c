import sys
class A:
    pass
class D(dict):
    def __missing__(self, k): return self[k]
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        D()['x']
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
D()['x']
