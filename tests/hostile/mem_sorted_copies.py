x = list(range(100000))
keep = []
while True:
    keep.append(sorted(x, key=lambda v: -v))
