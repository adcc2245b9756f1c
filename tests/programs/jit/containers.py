# `in` by methods of the guest's classes, sets that shrink, lists taken from their ends, reversed, squares, min and max of more.


class Evens:
    def __contains__(self, x):
        return x % 2 == 0


class Odd:
    def __contains__(self, x):
        return [x] if x % 3 else ""


class Fails:
    def __contains__(self, x):
        if x == 17:
            raise KeyError(x)
        return None


class Iterated:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)


class Nothing:
    __contains__ = None


class Tree:
    def __init__(self):
        self.root = None

    def add(self, key):
        if self.root is None:
            self.root = [key, None, None]
            return
        node = self.root
        while True:
            k = 1 if key < node[0] else 2
            if node[k] is None:
                node[k] = [key, None, None]
                return
            node = node[k]

    def __contains__(self, key):
        node = self.root
        while node is not None:
            if key == node[0]:
                return True
            node = node[1] if key < node[0] else node[2]
        return False


def contained(n):
    e, o, f, i = Evens(), Odd(), Fails(), Iterated([3, 5, 8])
    out = []
    for k in range(n):
        hits = [k in e, k not in e, k in o, k not in o, k in i, k not in i]
        if k in e and k not in o:
            hits.append("both")
        try:
            hits.append(k in f)
        except KeyError as error:
            hits.append(repr(error))
        try:
            k in Nothing()
        except TypeError as error:
            hits.append(str(error))
        if k == n // 2:
            Evens.__contains__ = lambda self, x: x > 5
        out.append(hits)
    return out


for row in contained(20):
    print(row)
print(contained(40)[-3:])
t = Tree()
for k in range(60):
    t.add(k * 37 % 101)
print(sum(1 for k in range(101) if k in t), [k for k in range(30) if k not in t])


def shrinking(n):
    s = set(range(10))
    out = []
    for k in range(n):
        s.add(k % 13)
        s.discard((k * 5) % 13)
        s.discard("absent")
        try:
            s.remove(k % 7)
        except KeyError as error:
            out.append(str(error))
        try:
            s.remove([])
        except TypeError as error:
            out.append(str(error))
    return sorted(s), len(out), out[-6:]


print(shrinking(50))


def ends(n):
    stack, out = [], []
    for k in range(n):
        stack.append(k)
        stack.append(-k)
        if k % 3 == 2:
            out.append((stack.pop(), stack.pop(), len(stack)))
        if k % 7 == 6:
            while stack:
                out.append(stack.pop())
            try:
                stack.pop()
            except IndexError as error:
                out.append(str(error))
    return out[-20:], stack


print(ends(41))


def backwards(n):
    out = []
    items = []
    for k in range(n):
        items.append(k)
        out.append(sum(x * j for j, x in enumerate(reversed(items), 1)))
        if k % 10 == 9:
            items.pop()
            r = reversed(items)
            out.append([next(r), next(r)])
            items.clear()
    r = reversed([1, 2, 3])
    return out[-12:], type(r).__name__, next(r), list(r), list(reversed((4, 5))), list(reversed(range(3))), "".join(reversed("abc"))


print(backwards(33))


def squares(n):
    total = 0
    for k in range(n):
        total += k ** 2 + (-k) ** 2
        x = k
        x **= 2
        total += x
    big = [(1 << 29) ** 2, (1 << 30) ** 2, (-(1 << 30)) ** 2, (1 << 40) ** 2]
    for k in range(25, 36):
        big.append((1 << k) ** 2)
    return total, big, True ** 2, 2.5 ** 2, (-3) ** 3, 2 ** -1


print(squares(40))


def several(n):
    out = []
    for k in range(n):
        a, b, c, d = k % 5, k % 3, k % 7, -k % 4
        out.append((min(a, b, c), max(a, b, c), min(a, b, c, d), max(a, b, c, d), max(a, b, c, d, 9)))
        x, y, z = a / 2, b / 3, c / 4
        out.append((min(x, y, z), max(x, y, z), min(x, b, z), max(a, y, 2)))
    nan = float("nan")
    for k in range(20):
        out.append((min(nan, 1.0, 0.5), max(1.0, nan, 2.0), min(0.0, -0.0, 0.0), max(-0.0, 0.0, -0.0)))
    return out[n * 2 - 4:n * 2 + 1]


print(several(30))
