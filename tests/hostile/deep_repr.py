import sys
class A:
    def __repr__(self): return repr([self.x]) if hasattr(self, 'x') else repr(self)
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        repr(A())
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
repr(A())
