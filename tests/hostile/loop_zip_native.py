for p in zip(iter(int, 1), iter(str, "x")):
    pass
