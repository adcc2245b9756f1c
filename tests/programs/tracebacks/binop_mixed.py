def f(x, y):
    return (x + 1) * y - (x * 2 + y) / (x - 1)
print(f(2, 3))
f("a", 2)
