def f():
    while True:
        try:
            raise ValueError
        except ValueError as e:
            try:
                raise KeyError from e
            except KeyError as k:
                hold.append(k)
hold = []
f()
