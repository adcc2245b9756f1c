values = [i * 0.5 + 0.25 for i in range(1000000)]
print(len(values), values[-1])
