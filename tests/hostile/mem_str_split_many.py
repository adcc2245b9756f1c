s = "a " * 10000000
keep = []
while True:
    keep.append(s.split())
