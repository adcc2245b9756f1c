x = [[1] * 1000] * 10000
while True:
    repr(x)
