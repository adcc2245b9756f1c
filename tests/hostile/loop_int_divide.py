x = 7 ** 3000000
y = 11 ** 1000000
while True:
    z = x // y
    w = x % y
