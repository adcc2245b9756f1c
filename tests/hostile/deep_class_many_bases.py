bs = tuple(type('B', (), {}) for i in range(3000))
while True:
    c = type('C', bs, {})
    bs = (c,) + bs[:0] + tuple(type('B', (), {}) for i in range(3000))
