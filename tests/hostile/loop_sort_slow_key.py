def key(x):
    n = 0
    while n < 10 ** 9:
        n += 1
    return n
print(sorted(range(10), key=key))
