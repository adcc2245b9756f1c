d = {}
i = 0
while True:
    d["key" + str(i)] = {}
    i += 1
