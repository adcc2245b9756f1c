import sys
class A:
    def __repr__(self): raise ValueError(repr(self))
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        raise ValueError(A())
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
raise ValueError(A())
