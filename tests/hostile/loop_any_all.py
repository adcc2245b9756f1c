def zeros():
    while True:
        yield 0
print(any(zeros()))
