import sys
class A:
    def __delattr__(self, n): del self.n
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        del A().x
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
del A().x
