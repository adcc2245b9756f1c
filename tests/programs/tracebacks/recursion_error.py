import sys
sys.setrecursionlimit(150)
def inf(n):
    return inf(n + 1) + 1
try:
    inf(0)
except RecursionError as e:
    print("caught", e)
class R:
    def __repr__(self): return repr(self)
for f in (lambda: repr(R()),):
    try: f()
    except RecursionError as e: print(type(e).__name__)
inf(0)
