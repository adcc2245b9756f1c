x = []
for i in range(26):
    x = [x, x]
print(x)
