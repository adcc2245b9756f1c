a = [0] * 5000000
b = [0] * 5000000
while a == b:
    pass
