def forever():
    while True:
        yield 1
t = 0
for x in forever():
    t += x
