a = type('A', (), {})
b = type('B', (), {})
for i in range(3000):
    a, b = type('A', (a, b), {}), type('B', (a, b), {})
print(len(a.__mro__))
