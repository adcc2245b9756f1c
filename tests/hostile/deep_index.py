import sys
class A:
    def __index__(self): return [1][self]
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        [1][A()]
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
[1][A()]
