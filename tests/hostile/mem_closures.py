fs = []
def make(x):
    y = [x]
    return lambda: (x, y)
while True:
    fs.append(make(len(fs)))
