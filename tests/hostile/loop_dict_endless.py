def pairs():
    while True:
        yield ("same", 1)
print(dict(pairs()))
