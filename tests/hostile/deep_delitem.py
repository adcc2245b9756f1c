import sys
class A:
    def __delitem__(self, i): del self[i]
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        del A()[0]
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
del A()[0]
