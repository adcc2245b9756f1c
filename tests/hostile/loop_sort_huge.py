x = [(i * 7919) % 1000003 for i in range(3000000)]
while True:
    x.sort()
    x.sort(reverse=True)
    x = x[1::2] + x[::2]
