from _star import *
print(a, _b)
try: c
except NameError as e: print(e)
from _helper import *
print(X, items, f(1))
try: _private
except NameError as e: print(e)
from math import *
print(sqrt(16), floor(2.9), pi == pi)
import _star
print(_star.c, _star.__all__)
