import sys
if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)
x = 3 ** 20000000
print(len(str(x)))
