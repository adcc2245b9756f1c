# Classes, globals and functions that change again and again under loops that are hot: the traces made for what was before
# are of no use, and go. Frames that were to return to them, generators and exceptions go on as if nothing had been.

STEP = 1


def changing_global(rounds):
    global STEP
    total = 0
    for n in range(rounds):
        if n % 40 == 0:
            STEP = n
        total += STEP + n
    return total


def changing_function(rounds):
    total = 0
    for n in range(rounds):
        if n % 60 == 0:
            def work(x, k=n):
                return x * 2 + k
        total += work(n)
    return total


def changing_class(rounds):
    total = 0
    for n in range(rounds):
        if n % 60 == 0:
            class Thing:
                kind = n

                def __init__(self, x):
                    self.x = x

                def get(self):
                    return self.x + self.kind
        if n % 90 == 45:
            Thing.kind = -n
        if n % 120 == 100:
            Thing.get = lambda self: self.x - self.kind
        total += Thing(n).get()
    return total


def deep(n):
    global STEP
    if n == 0:
        STEP += 1
        return STEP
    if n % 7 == 3:
        return deep(n - 1) + STEP
    return deep(n - 1) + 1


def both(n):
    global STEP
    if n < 2:
        STEP += 1
        return 1
    return both(n - 1) + both(n - 2)


class Tree:
    def __init__(self, depth):
        self.children = [Tree(depth - 1) for _ in range(2)] if depth else []
        self.weight = depth + 1

    def total(self):
        t = self.weight
        for c in self.children:
            t += c.total()
        return t

    def other(self):
        t = -self.weight
        for c in self.children:
            t += c.total()
        return t


def changing_methods(rounds):
    tree = Tree(4)
    methods = [Tree.total, Tree.other]
    out = []
    for n in range(rounds):
        Tree.total = methods[n % 2]
        for _ in range(20):
            t = tree.total()
        out.append(t)
    return out


def numbers(n):
    for i in range(n):
        yield i + STEP


def through_generators(rounds):
    global STEP
    total = 0
    waiting = [numbers(rounds) for _ in range(3)]
    for n in range(rounds):
        if n % 50 == 0:
            STEP += n
        for g in waiting:
            total += next(g)
    return total


def failing(n):
    if n % 11 == 0:
        raise ValueError(n + STEP)
    return n + STEP


def through_exceptions(rounds):
    global STEP
    total = 0
    for n in range(rounds):
        if n % 70 == 0:
            STEP += 1
        try:
            total += failing(n)
        except ValueError as e:
            total -= e.args[0]
    return total


def made_anew(rounds):
    # A function of its own each time, hot and then gone.
    total = 0
    for n in range(rounds):
        run = (lambda k: lambda m: sum([i * k for i in range(m)]))(n)
        total += run(30)
    return total


print(changing_global(4000))
print(changing_function(3000))
print(changing_class(2000))
STEP = 0
for _ in range(12):
    print(deep(90), both(7), STEP)
print(changing_methods(16))
print(through_generators(600))
print(through_exceptions(1500))
print(made_anew(300))
