def forever():
    while True:
        yield 5
print(max(forever()), min(forever()))
