x = 12345678901234567890
while True:
    x = x * x
