# Calls of a class where another class's special methods change: its instances stay its own.


class Changes:
    def __contains__(self, x):
        return True


class Plain:
    pass


class Made:
    def __init__(self, x):
        self.x = x


class Error(Exception):
    def __init__(self, x):
        self.x = x


def make(n):
    out = []
    for k in range(n):
        out.append((type(Plain()).__name__, type(Made(k)).__name__, Made(k).x, type(Error(k)).__name__))
        if k % 20 == 10:
            Changes.__contains__ = lambda self, x: False
        if k % 20 == 15:
            Changes.__len__ = lambda self: 3
    return out


made = make(60)
print(set((a, b, d) for a, b, c, d in made), [c for a, b, c, d in made] == list(range(60)))
