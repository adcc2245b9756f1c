def nest(make, n):
    x = make(None)
    for i in range(n): x = make(x)
    return x
makers = [lambda x: [x], lambda x: (x,), lambda x: {"k": x}, lambda x: [{"a": (x,)}]]
for i in range(5):
    for make in makers: x = nest(make, 300000); x = None
print('dropped')
