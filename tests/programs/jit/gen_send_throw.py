# send, throw and close on generators that are hot.
def acc(log):
    t = 0
    while True:
        try:
            x = yield t
            t += x
        except ValueError as e:
            log.append(e.args[0])
            t = 0
        except KeyError:
            return 'key'


def run(n):
    log = []
    g = acc(log)
    next(g)
    out = []
    for i in range(n):
        if i % 30 == 29:
            out.append(g.throw(ValueError(i)))
        else:
            out.append(g.send(i if i < 100 else i * 0.5))
    try:
        g.throw(KeyError)
    except StopIteration as s:
        out.append(s.value)
    return sum(out[:-1]), out[-1], log


print(run(150))


def stubborn():
    n = 0
    while n < 3:
        try:
            yield n
        except GeneratorExit:
            n += 1
            if n == 3: raise
            return


def closing(n):
    c = 0
    for i in range(n):
        g = stubborn()
        next(g)
        g.close()
        try:
            next(g)
        except StopIteration:
            c += 1
    return c


print(closing(80))


def bad():
    while True:
        try:
            yield 1
        except GeneratorExit:
            yield 2


def ignored(n):
    c = 0
    for i in range(n):
        g = bad()
        next(g)
        try:
            g.close()
        except RuntimeError as e:
            c += 1
            text = str(e)
    return c, text


print(ignored(60))


def echo():
    got = yield
    while got is not None:
        got = yield got * 2
    return 'over'


def types(n):
    g = echo()
    next(g)
    out = []
    for i in range(n):
        out.append(g.send((i, i * 0.5, 'ab', [i], True)[i % 5]))
    try:
        g.send(None)
    except StopIteration as s:
        return out[:6], out[-1], s.value


print(types(100))


def raising(n):
    def g(k):
        for i in range(k):
            yield i
        raise LookupError(k)
    t = 0
    for i in range(n):
        try:
            for x in g(i % 5):
                t += x
        except LookupError as e:
            t += e.args[0] * 100
    return t


print(raising(90))
def stop_inside(n):
    def g():
        yield 1
        raise StopIteration(2)
    c = 0
    for i in range(n):
        try:
            list(g())
        except RuntimeError as e:
            c += 1
            text = str(e), type(e.__cause__).__name__
    return c, text


print(stop_inside(60))
