def bomb():
    try:
        x = [0] * 10 ** 11
    except MemoryError:
        y = []
        while True:
            y.append("z" * 100000)
try:
    bomb()
except MemoryError as e:
    keep = [e] * 10
    z = "q" * 10 ** 11
