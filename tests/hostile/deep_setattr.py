import sys
class A:
    def __setattr__(self, n, v): self.n = v
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        A().x = 1
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
A().x = 1
