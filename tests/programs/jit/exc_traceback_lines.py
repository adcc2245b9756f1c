# Line numbers of tracebacks from loops, inlined calls and after side exits.
def lines(e):
    out = []
    tb = e.__traceback__
    while tb:
        out.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    return out


def callee(i):
    x = i + 1
    if i == 150:
        return x // (i - 150)
    y = x * 2
    if i == 180:
        return [y][i]
    return y


def middle(i):
    r = (
        1
        + callee(i)
        + 2
    )
    return r


def run(n):
    t = 0
    for i in range(n):
        try:
            t += middle(i)
            if i == 190:
                t += None
        except Exception as e:
            print(i, type(e).__name__, lines(e))
    return t


print(run(200))


class A:
    def __init__(self, k):
        self.k = k

    @property
    def p(self):
        if self.k == 99:
            raise LookupError('99')
        return self.k

    def __add__(self, o):
        return self.p + o


def classes(n):
    for i in range(n):
        try:
            A(i) + 1
        except LookupError as e:
            return lines(e)


print(classes(120))


def rec(n):
    if n == 0:
        raise ValueError
    return rec(n - 1)


def recursion(n):
    for i in range(n):
        try:
            rec(i % 7)
        except ValueError as e:
            last = lines(e)
    return last


print(recursion(60))


def gen(n):
    for i in range(n):
        yield 10 // (n - 1 - i)


def generator(n):
    try:
        for x in gen(n):
            x += 1
    except ZeroDivisionError as e:
        return lines(e), x


print(generator(90))
