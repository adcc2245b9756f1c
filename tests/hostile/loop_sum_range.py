print(sum(range(10 ** 15)), sum(x for x in range(10 ** 15)))
