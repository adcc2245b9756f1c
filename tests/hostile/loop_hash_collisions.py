class H:
    def __init__(self, v):
        self.v = v
    def __hash__(self):
        return 1
    def __eq__(self, o):
        return self.v == o.v
d = {}
i = 0
while True:
    d[H(i)] = i
    i += 1
