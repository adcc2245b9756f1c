class K1:
    def __init__(self, v):
        self.v = v
def main(N):
    p = K1(2.5)
    for i in range(N):
        if i == 20: K1.v = property(lambda s: 3)
        x = p.v
main(60)
def main2(N):
    class K1:
        def __init__(self, v):
            self.v = v
    p = K1(2.5)
    out = []
    for i in range(N):
        if i == 20: K1.v = property(lambda s: 3)
        out.append(p.v)
    return sum(out)
print(main2(60))
