def inner(n):
    for i in range(n):
        if i == 2:
            raise LookupError(f"at {i}")
        yield i
def outer(n):
    yield "start"
    yield from inner(n)
for v in outer(5):
    print(v)
