x = y = []
for i in range(10 ** 6):
    z = []
    y.append(z)
    y = z
print(x == x, len(x))
w = v = []
for i in range(10 ** 6):
    z = []
    v.append(z)
    v = z
try: print(x == w)
except RecursionError: print('RE')
