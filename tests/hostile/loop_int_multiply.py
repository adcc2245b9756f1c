x = 7 ** 2000000
y = 11 ** 2000000
while True:
    z = x * y
