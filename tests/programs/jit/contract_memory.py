# What a loop keeps of memory from one iteration to the next is stored, moved or aliased on its other ways.


class Node:
    def __init__(self, value, next):
        self.value = value
        self.next = next


class Counter:
    def __init__(self):
        self.n = 0
        self.total = 0.0


def neighbours(n):
    xs = [i % 7 for i in range(n + 2)]
    moved = 0
    for i in range(n):
        if xs[i] > xs[i + 1]:
            xs[i], xs[i + 1] = xs[i + 1], xs[i]
            moved += 1
        if i % 50 == 25:
            xs = xs[::-1]
    return moved, sum(xs)


def counters(n):
    a, b = Counter(), Counter()
    for i in range(n):
        a.n += 1
        if i % 3 == 0:
            b.n += a.n
        a.total += b.n * 0.5
        if i % 7 == 6:
            a, b = b, a
        if i % 61 == 60:
            a = b
        if i % 61 == 3:
            a = Counter()
    return a.n, b.n, a.total, b.total


def chain(n):
    head = None
    for i in range(n):
        head = Node(i, head)
        if i % 10 == 9:
            head.next.value += 100
    total, node = 0, head
    while node is not None:
        total += node.value
        if node.value % 5 == 0 and node.next is not None:
            node.next.value += 1
        if node.value % 13 == 0:
            node.value = 0.5
        node = node.next
    return total


def new_or_kept(n):
    kept = Node(1, None)
    p = Node(0, None)
    total = 0
    for i in range(n):
        p.value = i
        total += kept.value
        if i % 4 == 3:
            p = kept
        else:
            p = Node(i, kept)
    return total


def tuples_come_round(n):
    pair, total = (0, 1), 0
    for i in range(n):
        a, b = pair
        total += a - b
        if i % 5 == 4:
            pair = (b, a)
        elif i % 37 == 20:
            pair = (a * 0.5, b)
        elif i % 37 == 25:
            pair = [1, 2]
        elif i % 37 == 30:
            pair = (3, 4)
        else:
            pair = (a + 1, b)
    return total, tuple(pair)


def dicts(n):
    d, total = {"a": 1, "b": 2}, 0
    for i in range(n):
        total += d["a"] * d["b"]
        if i % 6 == 5:
            d["a"] = i % 4
        if i % 40 == 20:
            d[i] = i
        if i % 120 == 100:
            del d["b"]
            d["b"] = 7
        if i % 200 == 150:
            d = {"b": 3, "a": 1}
    return total, len(d)


def appends(n):
    out, other = [], []
    for i in range(n):
        out.append(i)
        if i % 9 == 2:
            other.append(out[-1])
        if i % 100 == 60:
            out, other = other, out
        if i % 300 == 200:
            out = other
    return len(out), len(other), sum(out)


def squares(n):
    m = [[i * j for j in range(8)] for i in range(8)]
    total = 0
    for k in range(n):
        for i in range(8):
            row = m[i]
            for j in range(8):
                total += row[j]
                if row[j] % 6 == 5:
                    row[j] += 1
        if k % 10 == 4:
            m[k % 8] = [k] * 8
        if k % 10 == 6:
            m[k % 8] = m[0]
        if k % 30 == 20:
            m[3] = [0.5] * 8
    return total


def closure(n):
    x = 0

    def add(k):
        nonlocal x
        x += k

    for i in range(n):
        add(i)
        if x % 3 == 1:
            add(2)
        if i % 90 == 80:
            x = 0.25
        if i % 90 == 85:
            x = 3
    return x


for f in (neighbours, counters, chain, new_or_kept, tuples_come_round, dicts, appends, closure):
    print(f.__name__, f(600), f(601))
print(squares(60))
