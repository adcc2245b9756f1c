x = list(range(3000000))
while True:
    x.insert(0, x.pop(0))
    x.reverse()
    x.index(-1) if -1 in x else x.count(5)
