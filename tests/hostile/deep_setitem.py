import sys
class A:
    def __setitem__(self, i, v): self[i] = v
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        A()[0] = 1
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
A()[0] = 1
