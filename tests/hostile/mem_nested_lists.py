x = []
while True:
    x = [x, x, [x] * 100]
