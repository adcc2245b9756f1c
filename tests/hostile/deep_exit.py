import sys
class A:
    def __enter__(self): pass
    def __exit__(self, *a):
        with self: pass
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        with A(): pass
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
with A(): pass
