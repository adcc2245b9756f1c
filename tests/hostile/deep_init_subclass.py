import sys
class A:
    def __init_subclass__(cls): type('B', (A,), {})
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        type('C', (A,), {})
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
type('C', (A,), {})
