import sys
class A:
    def __iadd__(self, o):
        self += o
        return self
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        a = A()
        a += 1
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
a = A()
a += 1
