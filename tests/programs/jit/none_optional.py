# Values that are None now and then: attributes, results, list items, defaults, links.
class Node:
    def __init__(self, v, next=None): self.v, self.next = v, next


def chain(n):
    h = None
    for i in range(n): h = Node(i, h)
    t, c = 0, h
    while c is not None:
        t += c.v
        c = c.next
    p, c = None, h
    while c:
        c.next, p, c = p, c, c.next
    return t, p.v, h.next, p.next.v


print(chain(100))


def find(xs, k):
    for i, x in enumerate(xs):
        if x == k: return i


def results(n):
    xs = list(range(0, n, 3))
    t = none = 0
    for i in range(n):
        r = find(xs, i)
        if r is None: none += 1
        else: t += r
    return t, none


print(results(60))


def items(n):
    xs = [None] * 10
    made = 0
    for i in range(n):
        k = i % 10
        if xs[k] is None:
            xs[k] = i
            made += 1
        elif xs[k] > 40 and i % 3 == 0:
            xs[k] = None
        xs[k] = xs[k] and xs[k] + 1
    return made, xs


print(items(150))


def default(a, b=None, c=None):
    if b is None: b = a
    c = c or [b]
    return len(c) + b


def defaults(n):
    return sum(default(i) + default(i, 0) + default(i, None, [1, 2]) + default(i, c=()) for i in range(n))


print(defaults(80))


class T:
    def __init__(self): self.l = self.r = self.v = None
    def put(self, v):
        if self.v is None: self.v = v
        elif v < self.v:
            if not self.l: self.l = T()
            self.l.put(v)
        else:
            if not self.r: self.r = T()
            self.r.put(v)
    def walk(self):
        if self.l is not None: yield from self.l.walk()
        if self.v is not None: yield self.v
        if self.r is not None: yield from self.r.walk()
    def depth(self): return 1 + max(self.l.depth() if self.l else 0, self.r.depth() if self.r else 0)


def tree(n):
    t = T()
    for i in range(n): t.put(i * 61 % 127 * (0.5 if i % 10 == 9 else 1))
    xs = list(t.walk())
    return xs == sorted(xs), len(xs), t.depth(), xs[:4]


print(tree(127))


def errors(n):
    c = {}
    xs = [1, None, 'a', 2.5]
    for i in range(n):
        x = xs[i % 4]
        try:
            k = str(x + 1)
        except TypeError as e:
            k = str(e)
        try:
            k += str(len(x.strip()))
        except AttributeError as e:
            k += str(e)
        c[k] = c.get(k, 0) + 1
    return c


for k, v in errors(64).items(): print(v, k)
