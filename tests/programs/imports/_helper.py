"""Helper docs."""
print("helper imported", __name__)
X = 1
items = []
_private = "p"
def f(x): return x + X
def set_x(v):
    global X
    X = v
class K:
    def who(self): return __name__
