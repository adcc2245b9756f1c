# A program that survives MemoryError keeps its memory and tries again.
hoard = []
n = 10 ** 9
while True:
    try:
        hoard.append("x" * n)
    except MemoryError:
        n = n // 2 + 1
