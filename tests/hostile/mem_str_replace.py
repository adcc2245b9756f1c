s = "a" * 1000000
for i in range(10):
    s = s.replace("a", "a" * 1000)
    print(len(s))
