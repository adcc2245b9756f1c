# Exceptions that cross generators, with finally and with blocks inside them, in hot loops.
log = []


class CM:
    def __enter__(self): log.append('in')
    def __exit__(self, *a): log.append('out' if a[0] is None else a[0].__name__)


def g(n):
    with CM():
        for i in range(n):
            try:
                yield i
            finally:
                log.append(i)


def run(n):
    c = 0
    for i in range(n):
        it = g(5)
        try:
            for x in it:
                c += x
                if x == i % 7: raise LookupError(x)
        except LookupError as e:
            c += 100
        it.close()
    return c, len(log), log[:8]


print(run(70))


def closes(n):
    log.clear()
    for i in range(n):
        it = g(5)
        for _ in range(i % 4): next(it)
        it.close()
    return len(log), {k: log.count(k) for k in ('in', 'out', 'GeneratorExit')}


print(closes(80))


def bad(n):
    for i in range(n):
        yield 10 // (i % 8 - 5)


def inside(n):
    t = e = 0
    for k in range(n):
        try:
            for x in bad(20): t += x
        except ZeroDivisionError:
            e += 1
    return t, e


print(inside(60))


def thrown(n):
    def g():
        k = 0
        while True:
            try:
                yield k
                k += 1
            except ValueError as e:
                k += e.args[0]
            except TypeError:
                return
    it = g()
    out = [next(it)]
    for i in range(n):
        out.append(it.throw(ValueError(i)) if i % 3 == 0 else next(it))
    try:
        it.throw(TypeError)
    except StopIteration as s:
        out.append(s.value)
    return out[-3:], len(out)


print(thrown(100))


def context(n):
    def g():
        try:
            yield 1
        except KeyError:
            raise ValueError('from generator')
    c = {}
    for i in range(n):
        it = g()
        next(it)
        try:
            it.throw(KeyError('k'))
        except ValueError as e:
            k = type(e.__context__).__name__, e.__traceback__.tb_next.tb_frame.f_code.co_name
            c[k] = c.get(k, 0) + 1
    return c


print(context(60))


def lines(n):
    def g():
        x = 1
        yield x
        y = x // 0
        yield y
    for i in range(n):
        try:
            list(g())
        except ZeroDivisionError as e:
            tb = e.__traceback__
            out = []
            while tb: out.append(tb.tb_lineno); tb = tb.tb_next
    return out


print(lines(70))


def yielding_in_except(n):
    def g():
        for i in range(n):
            try:
                if i % 2: raise KeyError(i)
                yield 'ok'
            except KeyError as e:
                yield e.args[0]
            else:
                yield 'else'
    return [v for v in g()][:6], sum(v for v in g() if isinstance(v, int))


print(yielding_in_except(80))
