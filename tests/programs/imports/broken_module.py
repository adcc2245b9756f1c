import sys
for i in range(2):
    try:
        import _broken
    except ZeroDivisionError as e:
        print("failed", e, "_broken" in sys.modules)
import _broken
