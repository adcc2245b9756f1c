x = []
try:
    while True: x.append(bytes(1000))
except MemoryError as e:
    print("caught", type(e).__name__, e.args, len(x) > 10000)
x = None
print("alive", sum(range(1000)))
y = []
while True: y.append("a" * 100 + str(len(y)))
