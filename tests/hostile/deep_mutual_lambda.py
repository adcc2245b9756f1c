import sys
sys.setrecursionlimit(10 ** 9)
f = lambda x: g([x])
g = lambda x: f((x,))
f(1)
