s = ""
while True:
    s += "abcdefghijklmnopqrstuvwxyz" * 1000
