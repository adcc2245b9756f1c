x = ["a" * 100000 + str(i * 7919 % 1000) for i in range(1000)]
while True:
    x.sort()
    x.reverse()
    x = x[500:] + x[:500]
