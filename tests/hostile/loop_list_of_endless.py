def forever():
    while True:
        yield None
print(len(list(forever())))
