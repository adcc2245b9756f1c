# Starred targets, and `__iter__` of guests' classes that give generators and built-in iterators, in hot loops.
class Tree:
    def __init__(self, v, left=None, right=None):
        self.v, self.left, self.right = v, left, right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.v
        if self.right:
            yield from self.right


class Bag:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)


class Odd:
    def __iter__(self):
        return 5


class Self:
    n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n % 4 == 0:
            raise StopIteration
        return self.n


def stars(rows):
    out = []
    for k in range(300):
        row = rows[k * len(rows) // 300]
        try:
            a, *b = row
            *c, d = row
            e, *f, g = row
            out.append((a, b, c, d, e, f, g))
        except ValueError as x:
            out.append(str(x))
    seen = []
    for o in out:
        if o not in seen:
            seen.append(o)
    return seen, len(out), out[0][1] is out[1][1] if type(out[0]) is tuple else None


print(stars([(1, 2, 3)]), stars([[1, 2], (1, 2, 3), [4, 5, 6, 7], (1,), "abc", range(4), {5: 6, 7: 8}]))
print(stars([list(range(40)), (1, 2)])[1:])


def over(things):
    s = []
    for k in range(240):
        t = things[k * len(things) // 240]
        n = 0
        try:
            for x in t:
                n = n * 10 + x
                if n > 10**6 and k % 3:
                    break
            first, *rest = t
            s.append((n, first, rest))
        except (TypeError, ValueError) as e:
            s.append(str(e))
    seen = []
    for o in s:
        if o not in seen:
            seen.append(o)
    return seen, len(s)


tree = Tree(2, Tree(1), Tree(4, Tree(3)))
print(over([tree]), over([Bag([1, 2, 3])]), over([Bag((1, 2)), tree, Bag({5: 1}), Bag(range(3)), Odd(), Bag([])]), over([Self()]))


def changed():
    class C:
        def __iter__(self):
            return iter((1, 2))

    c = C()
    s = 0
    for k in range(200):
        if k == 120:
            C.__iter__ = lambda self: iter([10])
        if k == 160:
            C.__iter__ = lambda self: (x for x in (100, 200))
        for x in c:
            s += x
        s += sum(c) + max(c) + len(list(c)) + (2 in c)
    return s


print(changed())
