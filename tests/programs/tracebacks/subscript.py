data = {"list": [[1, 2], [3]]}
def pick(i, j):
    return data["list"][i][j]
print(pick(0, 1))
pick(1, 1)
