def run(program, n):
    total = 0
    for i in range(n):
        match program[i % len(program)]:
            case ("push", x): total += x
            case ("add",) | ["plus"]: total += 1
            case ("jump", a, *rest): total += a + len(rest)
            case [*_, "last"]: total += 5
            case [x, *_, y] if x == y: total += 1000
            case []: total += 100000
            case [[a, b], [c, d]]: total += a * d - b * c
            case _: total -= 1
    return total


print(run([("push", 3), ("add",), ("jump", 1, 2, 3), ("push", 4)], 400))
print(run([("push", 3), ["plus"], [1, 2, "last"], [1, 2, 1], (), [], [[1, 2], (3, 4)], 5, "text", {1: 2}], 1000))
print(run([["push", 3], ("push", 2.5)], 400))


def pairs(n):
    total = 0
    for i in range(n):
        match i & 1, i % 3:
            case 0, 0: total += 1
            case 0, y: total += y * 10
            case x, 1: total += x * 100
            case x, y: total += 1000 + x + y
    return total


print(pairs(600))


class Sub(list):
    lens = 0

    def __len__(self):
        Sub.lens += 1
        return super().__len__()


def kinds(n):
    out = []
    items = [[1, 2], (3, 4), Sub([5, 6]), range(7, 9), "no", b"no"]
    total = 0
    for i in range(n):
        match items[i % 6]:
            case [a, b]: total += a * b
            case _: total += 1
    return total, Sub.lens


print(kinds(600))


def depth(tree):
    match tree:
        case [left, right]: return 1 + max(depth(left), depth(right))
        case _: return 0


def build(n):
    return [build(n - 1), build(n - 2)] if n > 0 else n


print(depth(build(12)))


def rest(n):
    total = 0
    for i in range(n):
        item = [i, i + 1, i + 2]
        while item:
            match item:
                case [x, *item]: total += x
    return total


print(rest(300))


def failing(n):
    caught = 0
    items = [(1, 2), (3, 0), (4, 5)]
    for i in range(n):
        try:
            match items[i % 3]:
                case x, y if x // y >= 0: caught += x
                case _: caught += 10
        except ZeroDivisionError:
            caught += 1000
    return caught


print(failing(300))
