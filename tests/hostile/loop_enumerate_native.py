print(sum(1 for i in enumerate(iter(int, 1))))
