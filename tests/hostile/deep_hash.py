import sys
class A:
    def __hash__(self): return hash((self,))
for limit in (1000, 50000, 10 ** 6):
    sys.setrecursionlimit(limit)
    try:
        {A(): 1}
    except RecursionError as e:
        print(limit, type(e).__name__)
sys.setrecursionlimit(10 ** 9)
{A(): 1}
