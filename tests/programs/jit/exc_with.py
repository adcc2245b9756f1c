# Context managers that swallow some exceptions and not others, in hot loops.


class Swallow:
    def __init__(self, kind):
        self.kind = kind
        self.seen = 0

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if kind is None:
            return False
        self.seen += 1
        assert type(value) is kind and traceback.tb_next is None or traceback.tb_next is not None
        return issubclass(kind, self.kind)


class Plain:
    depth = 0

    def __enter__(self):
        Plain.depth += 1

    def __exit__(self, *args):
        Plain.depth -= 1


def work(n):
    if n % 4 == 1:
        raise KeyError(n)
    if n % 4 == 3:
        raise ValueError(n)
    return n


def main():
    swallow = Swallow(LookupError)
    done = passed = 0
    for n in range(2000):
        try:
            with swallow:
                done += work(n)
            passed += 1
        except ValueError as e:
            done -= e.args[0]
    print(done, passed, swallow.seen)
    for n in range(500):
        try:
            with Plain():
                with Swallow(KeyError) as s:
                    done += work(n)
                done += s.seen
        except ValueError:
            done += 1
    print(done, Plain.depth)

    def failing():
        assert passed < 0, "message %d" % passed

    caught = 0
    for n in range(400):
        try:
            failing()
        except AssertionError as e:
            caught += len(e.args[0])
    print(caught)


main()
