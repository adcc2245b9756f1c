# Allocating and walking many short-lived trees of objects.


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def check(self):
        if self.left is None:
            return 1
        return 1 + self.left.check() + self.right.check()


def build(depth):
    if depth == 0:
        return Node(None, None)
    return Node(build(depth - 1), build(depth - 1))


def main(max_depth):
    print("stretch", build(max_depth + 1).check())
    long_lived = build(max_depth)
    for depth in range(4, max_depth + 1, 4):
        rounds = 1 << (max_depth - depth + 4)
        total = 0
        for _ in range(rounds):
            total += build(depth).check()
        print(rounds, "trees of depth", depth, "check", total)
    print("long lived", long_lived.check())


main(15)
