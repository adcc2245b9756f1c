# Exceptions that pass inlined frames to a handler further out, with values in registers around them.


class Bad(Exception):
    def __init__(self, n, weight):
        super().__init__(n)
        self.n = n
        self.weight = weight


def deep(n, x):
    y = x * 1.5
    if n % 3 == 0:
        raise Bad(n, y)
    if n % 7 == 0:
        return [1, 2, 3][n]
    return y + n


def middle(n, x):
    z = deep(n, x + 0.25)
    return z * 2


def outer(n, x):
    before = n * 10
    try:
        r = middle(n, x)
        before += 1
    except Bad as e:
        return before + e.n + e.weight
    except IndexError:
        before -= 5
        r = -1.0
    return before + r


def lines(e):
    tb = e.__traceback__
    found = []
    while tb is not None:
        found.append(tb.tb_lineno)
        tb = tb.tb_next
    return found


def main():
    total = 0.0
    count = 0
    for n in range(1, 2000):
        total += outer(n, total % 17)
        count += 1
    print(total, count)
    last = None
    for n in range(500):
        try:
            middle(n, float(n))
        except Bad as e:
            last = e
        except IndexError as e:
            if last is not None and n % 49 == 0:
                print(n, type(e).__name__, e, lines(e), e.__context__)
    print(last.n, last.weight, lines(last), last.__context__ is None)


main()
