s = "a" * 3000000
t = "a" * 1500000 + "b"
while True:
    t in s
