class A: pass
classes = [A]
base = A
for i in range(40):
    left, right = type("L", (base,), {}), type("R", (base,), {})
    base = type("D", (left, right), {})
A.x = 1
A.__eq__ = lambda a, b: True
print(base().x, base() == 3)
