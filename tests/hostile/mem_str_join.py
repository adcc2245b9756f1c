s = "x" * 100000
print(len(s.join(["y"] * 1000000)))
