def forever():
    while True:
        yield 1
a, *b = forever()
