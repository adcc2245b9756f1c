def nest(make, n):
    x = make(None)
    for i in range(n): x = make(x)
    return x
makers = [lambda x: [x], lambda x: (x,), lambda x: {"k": x}, lambda x: [{"a": (x,)}]]

import sys
for limit in (1000, 10 ** 7):
    sys.setrecursionlimit(limit)
    for make in makers:
        a, b = nest(make, 200000), nest(make, 200000)
        try: print(a)
        except (RecursionError, TypeError, MemoryError) as e: print(type(e).__name__)
