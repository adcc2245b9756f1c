# What a loop's first iteration has loaded and checked for good is changed on the loop's rarer ways.


class Box:
    def __init__(self, x):
        self.x = x


class Other:
    def __init__(self, x):
        self.y = 0
        self.x = x


def list_reassigned(n):
    xs, ys = [1, 2, 3, 4], [10, 20, 30, 40, 50, 60, 70]
    total = 0
    for i in range(n):
        total += xs[i & 3] + len(xs)
        if i % 7 == 3:
            xs, ys = ys, xs
    return total


def list_shrinks_and_grows(n):
    xs = list(range(40))
    total = i = 0
    while i < n:
        if i < len(xs):
            total += xs[i % len(xs)]
        total += len(xs) * 3 + xs[0]
        if i % 5 == 2:
            xs.pop()
        elif i % 11 == 7:
            xs.append(i)
            xs.append(i + 1)
        elif i % 17 == 5:
            xs.insert(0, i)
        if len(xs) < 3:
            xs = [i, i * 2, i * 3, i * 4]
        i += 1
    return total, len(xs)


def last_item_gone(n):
    xs = [1, 2, 3, 4, 5]
    total = caught = 0
    for i in range(n):
        try:
            total += xs[3]
        except IndexError:
            caught += 1
            xs = [i, 2, 3, 4, 5]
        if i % 9 == 4:
            xs.pop()
        if i % 13 == 6:
            xs.clear()
    return total, caught


def attribute_written(n):
    b = Box(1)
    total = 0
    for i in range(n):
        total += b.x
        if i % 3 == 1:
            b.x = i & 15
        if i % 31 == 30:
            b.x = 0.5
        if i % 31 == 2:
            b.x = 1
    return total


def attribute_of_an_alias(n):
    b = Box(1)
    c = Box(2)
    total = 0
    for i in range(n):
        total += b.x * 2 + c.x
        if i % 4 == 1:
            c.x = i & 7
        if i % 10 == 9:
            c = b
        if i % 20 == 3:
            c = Box(i)
    return total


def object_changes_class(n):
    b = Box(1)
    total = 0
    for i in range(n):
        total += b.x
        if i % 6 == 5:
            b = Other(i)
        elif i % 6 == 2:
            b = Box(-i)
    return total


def attribute_added(n):
    b = Box(3)
    total = 0
    for i in range(n):
        total += b.x
        if i % 40 == 20:
            b.extra = i
        if i % 40 == 30:
            del b.x
            b.x = 5
        if i % 80 == 70:
            b = Box(i & 3)
    return total


limit = 10


def global_changes(n):
    global limit
    total = 0
    for i in range(n):
        total += limit
        if i % 50 == 49:
            limit += 1
    return total


def method_changes(n):
    class Here:
        def f(self):
            return 1

    h, total = Here(), 0
    for i in range(n):
        total += h.f()
        if i == n // 2:
            Here.f = lambda self: 100
        if i % 5 == 4:
            total += 1
    return total


def bound_changes(n):
    i = total = 0
    stop = n
    step = 1
    while i < stop:
        total += i
        if i % 10 == 5:
            stop -= 1
        if i % 10 == 7:
            step = 3 - step
        i += step
    return total, stop


for f in (
    list_reassigned, list_shrinks_and_grows, last_item_gone, attribute_written, attribute_of_an_alias,
    object_changes_class, attribute_added, global_changes, method_changes, bound_changes,
):
    print(f.__name__, f(700), f(701))
