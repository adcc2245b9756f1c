class N:
    def __eq__(self, o):
        return False
print(N() in range(10 ** 18))
