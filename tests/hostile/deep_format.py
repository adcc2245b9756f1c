import sys
class A:
    def __format__(self, s): return f'{self:>5}'
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        f'{A()}'
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
f'{A()}'
