# Raising and handling in loops: misses, retries, cleanup, context managers, custom classes.


class Retry(Exception):
    def __init__(self, after):
        super().__init__(after)
        self.after = after


class Guard:
    depth = 0

    def __enter__(self):
        Guard.depth += 1
        return self

    def __exit__(self, kind, value, traceback):
        Guard.depth -= 1
        return kind is KeyError


def parse(text):
    try:
        return int(text)
    except ValueError:
        return -1


def lookup(table, keys):
    found = missed = 0
    for key in keys:
        try:
            found += table[key]
        except KeyError:
            missed += 1
        finally:
            found ^= 1
    return found, missed


def flaky(n):
    if n % 3 == 1:
        raise Retry(n + 1)
    if n % 7 == 2:
        raise KeyError(n)
    return n


def run(count):
    done = retried = 0
    for n in range(count):
        with Guard():
            while True:
                try:
                    done += flaky(n)
                    break
                except Retry as e:
                    retried += 1
                    n = e.after
    return done, retried, Guard.depth


def unwind(depth):
    if depth == 0:
        raise IndexError("bottom")
    try:
        return unwind(depth - 1)
    finally:
        Guard.depth += 1


def chain(n):
    try:
        try:
            return 1 // (n % 2)
        except ZeroDivisionError as e:
            raise RuntimeError("wrapped") from e
    except RuntimeError as e:
        return -1 if isinstance(e.__cause__, ZeroDivisionError) else -2


def main():
    words = ["12", "x1", "7", "", "99", "abc"]
    print(sum(parse(words[i % 6]) for i in range(600000)))
    table = {i: i * 2 for i in range(0, 2000, 2)}
    print(lookup(table, [i * 31 % 2500 for i in range(900000)]))
    print(run(500000))
    caught = 0
    for _ in range(15000):
        try:
            unwind(20)
        except LookupError:
            caught += 1
    print(caught, Guard.depth)
    print(sum(chain(i) for i in range(350000)))


main()
