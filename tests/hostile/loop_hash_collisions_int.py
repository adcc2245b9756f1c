m = 2 ** 61 - 1
d = {}
i = 1
while True:
    d[i * m] = i
    i += 1
