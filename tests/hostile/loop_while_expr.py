x = 0
while x == x:
    x = (x + 1) % 7
