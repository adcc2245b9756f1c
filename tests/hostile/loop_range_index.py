r = range(10 ** 18)
class I(int):
    pass
print(r.index(I(10 ** 17)), r.count(1.5), 0.5 in r)
