# Caches that a class's change has emptied do not fit ints, None and other values that are no objects in memory.
class Counted:
    rank = 'class'

    def __init__(self):
        self.items = [1, 2]

    def count(self, v):
        return self.items.count(v)


class Named:
    def __init__(self):
        self.part = Counted()

    def get(self):
        return self.part.rank

    def call(self):
        return self.part.count(1)

    def put(self):
        self.part.items = [1]
        return self.part.items

    def native(self):
        return self.part.items.count(1)


def go(o, part):
    if part is not o.part:
        o.part = part
    for i in range(6):
        for name in 'get', 'call', 'put', 'native':
            try:
                print(getattr(o, name)(), end=' ')
            except AttributeError as e:
                print(e, end=' ')
    print()


for part in 5, None, 2.5, True, 10 ** 30:
    one = Named()
    for i in range(3):
        go(one, one.part)
    # A change after which every cache of attributes looks again.
    Named.__init__ = Named.__init__
    Counted.__init__ = lambda self: None
    Counted.items = [1]
    Named.part = 7
    del Named.part
    go(one, part)
    Counted.__init__ = lambda self: setattr(self, 'items', [1, 1])


class Changed:
    def __init__(self):
        self.items = [1, 2]

    def count(self, v):
        return self.items.count(v)


def counts():
    for i in range(6):
        try:
            print(Changed().count(i), end=' ')
        except AttributeError as e:
            print(e, end=' ')
    print()


counts()
Changed.__init__ = lambda self: None
Changed.items = 5
counts()
