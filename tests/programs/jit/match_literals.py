def numbers(n):
    total = 0
    for i in range(n):
        match i % 7:
            case 0: total += 1
            case 1 | 2: total += 10
            case 3 if i > 50: total += 100
            case 3: total -= 1
            case x if x & 1: total += x
            case _: total += 1000
    return total


print(numbers(1000))


def texts(items, n):
    total = 0
    for i in range(n):
        match items[i % len(items)]:
            case "push": total += 3
            case "pop" | "drop": total -= 1
            case None: total += 7
            case True: total += 11
            case 1.5: total += 13
            case b"raw": total += 17
            case str(s): total += len(s)
            case _: total += 100
    return total


print(texts(["push", "pop", "drop", "other"], 400))
print(texts(["push", None, True, 1, 1.5, b"raw", b"x", "pop"], 800))


class Op:
    ADD = 1
    SUB = 2
    MUL = 3
    STOP = 99


def machine(code, limit):
    stack = []
    pc = 0
    while True:
        op = code[pc]
        pc += 1
        match op:
            case Op.ADD: stack.append(stack.pop() + stack.pop())
            case Op.SUB: stack.append(stack.pop() - stack.pop())
            case Op.MUL: stack.append(stack.pop() * stack.pop() % 10007)
            case Op.STOP:
                limit -= 1
                if limit <= 0:
                    return stack
                pc = 0
                stack = [stack[-1]]
            case value: stack.append(value)


print(machine([5, 6, Op.ADD, 7, Op.MUL, 4, Op.SUB, 8, Op.ADD, Op.STOP], 300))
Op.ADD, Op.SUB = Op.SUB, Op.ADD
print(machine([5, 6, Op.ADD, 7, Op.MUL, 4, Op.SUB, 8, Op.ADD, Op.STOP], 300))


class Same:
    "Equal to whatever it is told."

    def __init__(self, v):
        self.v = v

    def __eq__(self, other):
        return self.v == other


def mixed(n):
    counts = [0] * 5
    items = [1, Same(1), "1", 1.0, Same("x"), 2, True]
    for i in range(n):
        match items[i % 7]:
            case 1: counts[0] += 1
            case "1": counts[1] += 1
            case "x": counts[2] += 1
            case 2.0: counts[3] += 1
            case _: counts[4] += 1
    return counts


print(mixed(700))
