import _helper
import _helper as h
from _helper import f, K, X as ex
print(_helper.X, h is _helper, f(5), K().who(), ex, _helper.__name__, _helper.__doc__, _helper.f is f, f.__module__, type(_helper).__name__)
_helper.X = 10; print(f(5), ex); _helper.set_x(20); print(_helper.X, f(1)); _helper.new = "n"; print(h.new); del _helper.new
for g in (lambda: _helper.new, lambda: _helper.Xx, lambda: _helper(), lambda: _helper._privat):
    try: g()
    except (AttributeError, TypeError) as e: print(e)
def local():
    import _helper as z
    from _helper import items
    items.append(1)
    return z.items
print(local(), local(), "z" in globals()); import sys; print(sys.modules["_helper"] is _helper, "_helper" in sys.modules, repr(_helper).startswith("<module '_helper' from "), __name__)
try: import no_such_module
except ModuleNotFoundError as e: print(e, e.name, repr(e))
try: from _helper import nope
except ImportError as e: print(str(e).split(" (")[0], e.name)
try: import _helper.sub
except ModuleNotFoundError as e: print(e)
try: from math import nope
except ImportError as e: print(str(e).split(" (")[0])
import math, sys as s, time
print(math.floor(2.5), s.argv, math.__name__, s is sys); from math import (sqrt, pi,
    e as E); print(sqrt(4), round(pi, 2), round(E, 2))
if True:
    from _helper import f as ff
print(ff(0)); class_ = type("C", (), {"m": staticmethod(f)}); print(class_.m(1), sorted(k for k in vars(_helper) if not k.startswith("__")))
class A:
    import _helper as inner
    from _helper import X
print(A.inner.X, A.X); hasattr(_helper, "__file__") and print(_helper.__file__.endswith("_helper.py"))
