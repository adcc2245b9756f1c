import math
class F:
    def __float__(self):
        return 2.25
class FL:
    def __floor__(self):
        return "floor!"
    def __ceil__(self):
        return "ceil!"
    def __trunc__(self):
        return "trunc!"
print(math.sqrt(F()), math.floor(F()), math.floor(FL()), math.ceil(FL()), math.trunc(FL()), float(F()))
tests = [lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.log(-5), lambda: math.log(10, 1), lambda: math.acos(2), lambda: math.exp(1000),
         lambda: math.pow(0, -1), lambda: math.pow(-8, 0.5), lambda: math.fmod(1, 0), lambda: math.sqrt("a"), lambda: math.sqrt(), lambda: math.sqrt(1, 2),
         lambda: math.floor("a"), lambda: math.floor(math.nan), lambda: math.ceil(math.inf), lambda: math.trunc("a"), lambda: math.sin(math.inf),
         lambda: math.log(2 ** 5000) > 3465, lambda: math.log2(0), lambda: math.log10(-1), lambda: math.ldexp(1.0, 5000), lambda: math.hypot("a"), lambda: math.gamma(0),
         lambda: math.foo, lambda: math.log(), lambda: math.isnan("x"), lambda: math.sqrt(x=2), lambda: math.factorial(2.0), lambda: math.atanh(1), lambda: math.log1p(-1), lambda: math.sqrt(None)]
for t in tests:
    try:
        print(t())
    except Exception as e:
        print(type(e).__name__, e)
from math import sqrt, pi as PI, floor
print(sqrt(9), PI > 3, floor(2.5), math.__name__, type(math).__name__)
