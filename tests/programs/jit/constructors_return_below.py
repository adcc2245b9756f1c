# Side traces that begin in a callee and return through constructors, properties, operators and `with` to callers
# whose frames they did not begin in.


class Node:
    def __init__(self, n, log):
        self.n = n
        self.note(log)

    def note(self, log):
        for x in log:
            if x > self.n:
                break
        else:
            log.append(self.n)

    @property
    def big(self):
        for k in (10, 20, 30):
            if self.n < k:
                return k
        return 0

    def __add__(self, other):
        for k in range(self.n % 4):
            if k == other:
                return NotImplemented
        return self.n + other

    def __enter__(self):
        for k in range(self.n % 3):
            pass
        return k if self.n % 3 else -1

    def __exit__(self, *args):
        for k in args:
            if k is not None:
                return True
        return False

    def __setitem__(self, k, v):
        while v > k:
            v -= 7
        self.n = v


class Radd(int):
    def __radd__(self, other):
        return (other.n if isinstance(other, Node) else other) * 100


def main():
    log = []
    total = 0
    for n in range(1200):
        node = Node(n % 37 + n // 400 * 10, log)
        total += node.big
        total += node + Radd(n % 5)
        with node as k:
            total += k
        node[n % 13] = n
        total += node.n
    print(total, len(log), log[:5], log[-1])


main()
