table = {i: i * 2 for i in range(1000000)}
print(len(table), table[999999])
