x = list(range(5000000))
while True:
    y = x[::-1]
    x[::2] = y[::2]
    del y
