import sys
class A:
    def __eq__(self, o): return self == o
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        A() == A()
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
A() == A()
