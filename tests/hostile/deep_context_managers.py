import sys
sys.setrecursionlimit(10 ** 8)
class C:
    def __enter__(self): return self
    def __exit__(self, *a): return False
def f(n):
    with C():
        return f(n + 1)
f(0)
