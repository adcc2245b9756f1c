import sys
class A:
    def __set_name__(self, o, n): type('B', (), {'x': A()})
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        type('C', (), {'x': A()})
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
type('C', (), {'x': A()})
