class K:
    def __lt__(self, o):
        while True:
            pass
print(sorted([K(), K(), K()]))
