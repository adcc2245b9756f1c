import sys
class A:
    def __int__(self): return int(self)
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        int(A())
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
int(A())
