c = object
for i in range(20000):
    c = type('C', (c,), {})
o = c()
print(hasattr(o, 'x'), isinstance(o, int))
c.x = 5
print(o.x)
