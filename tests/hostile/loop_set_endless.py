def same():
    while True:
        yield 1
print(set(same()), frozenset(same()))
