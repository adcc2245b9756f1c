print(next(filter(lambda x: x < 0, iter(lambda: 1, 2))))
