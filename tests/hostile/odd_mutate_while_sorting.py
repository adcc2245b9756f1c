class K:
    def __lt__(self, o):
        x.clear(); x.extend([K()] * 100)
        return True
x = [K() for i in range(1000)]
try: x.sort()
except ValueError as e: print(e)
print(len(x))
