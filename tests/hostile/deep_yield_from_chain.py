def base():
    while True: yield 1
def wrap(g): yield from g
g = base()
for i in range(100000): g = wrap(g)
try: print(next(g))
except RecursionError as e: print(e)
import sys
sys.setrecursionlimit(10 ** 7)
h = base()
for i in range(100000): h = wrap(h)
print(next(h), next(h))
try: h.throw(ValueError("deep"))
except (ValueError, RecursionError) as e: print(type(e).__name__)
h.close()
