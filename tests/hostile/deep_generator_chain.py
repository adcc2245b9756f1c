def base():
    while True: yield 1
g = base()
for i in range(100000):
    g = (x for x in g)
try: print(next(g))
except RecursionError as e: print(e)
import sys
sys.setrecursionlimit(10 ** 7)
print(next(g))
for x in g: pass
