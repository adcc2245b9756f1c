print(next(filter(None, map(bool, iter(int, 1)))))
