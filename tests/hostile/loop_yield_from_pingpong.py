def a():
    while True:
        yield from b()
def b():
    yield 1
for x in a():
    pass
