def check(x, y):
    assert x < y, f"{x} not less than {y}"
    return y - x
print(check(1, 2))
try: check(3, 1)
except AssertionError as e: print("caught", e)
def plain(v):
    assert isinstance(v, int) and v > 0
plain(5)
plain(-1)
