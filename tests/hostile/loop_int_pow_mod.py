x = 7 ** 100000
while True:
    pow(x, x, x + 1)
