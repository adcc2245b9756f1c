# What a recursive function's trace relies on changes while it has called itself many times: nothing jumps to the trace any
# more, and the frames that were to return to it do so in another way, whether or not a collection has been since.


def garbage():
    return len([[i, i + 1] for i in range(30000)])


def no_garbage():
    return 1


def make_add(k):
    return lambda a, b: a + b + k


add = make_add(0)
rounds = 0


def deep(n, bottom):
    global add
    if n == 60:
        add = make_add(rounds % 5)
    if n == 0:
        return bottom()
    below = deep(n - 1, bottom)
    t = 0
    if n % 10 == 0:
        for i in range(30):
            t += i
    return add(below, n) + t


class Node:
    def __init__(self, n):
        self.next = Node(n - 1) if n else None
        self.n = n

    def total(self, bottom):
        if self.n == 50:
            Node.weight = rounds
        if self.next is None:
            return bottom()
        return self.next.total(bottom) + self.n + Node.weight

    weight = 0


def walk(n, bottom):
    # In two functions, whose traces call each other.
    if n == 0:
        return bottom()
    return back(n - 1, bottom) + 1


def back(n, bottom):
    global add
    if n == 70:
        add = make_add(rounds % 3)
    if n <= 0:
        return bottom()
    return add(walk(n - 1, bottom), 2)


for rounds in range(24):
    for _ in range(4):
        deep(100, no_garbage)
    print(deep(120, garbage), deep(120, no_garbage))

list_of = Node(100)
for rounds in range(24):
    for _ in range(4):
        list_of.total(no_garbage)
    print(list_of.total(garbage), list_of.total(no_garbage))

for rounds in range(24):
    for _ in range(4):
        walk(90, no_garbage)
    print(walk(130, garbage), walk(131, no_garbage))
