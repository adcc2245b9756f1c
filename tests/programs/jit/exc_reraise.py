# raise, raise from, bare raise and chains, with what is left in sys.exc_info.
import sys


def inner(i):
    if i % 3 == 0: raise ValueError('v%d' % i)
    if i % 5 == 0: raise KeyError(i)
    return i


def middle(i):
    try:
        return inner(i)
    except ValueError as e:
        if i % 2:
            raise
        raise RuntimeError('r%d' % i) from e
    except KeyError:
        raise LookupError('l')


def run(n):
    seen = {}
    for i in range(n):
        try:
            middle(i)
        except Exception as e:
            key = (type(e).__name__, type(e.__cause__).__name__, type(e.__context__).__name__)
            seen[key] = seen.get(key, 0) + 1
        if sys.exc_info() != (None, None, None):
            return 'left over'
    return sorted(seen.items())


for line in run(200):
    print(line)


def again(n):
    e = ValueError('one object')
    c = 0
    for i in range(n):
        try:
            raise e
        except ValueError as x:
            c += x is e
    d = 0
    tb = e.__traceback__
    while tb:
        d += 1
        tb = tb.tb_next
    return c, d


print(again(80))


def name_unbound(n):
    c = 0
    for i in range(n):
        try:
            if i % 2: raise ValueError
        except ValueError as e:
            c += 1
        try:
            e
        except UnboundLocalError as x:
            c += 100
            text = str(x)
    return c, text


print(name_unbound(60))


def nothing(n):
    c = 0
    for i in range(n):
        try:
            raise
        except RuntimeError as e:
            c += 1
            text = str(e)
    return c, text


print(nothing(60))


def classes(n):
    c = 0
    for i in range(n):
        try:
            raise (ValueError, ValueError(1), int, 3)[i % 4]
        except ValueError:
            c += 1
        except TypeError as e:
            c += 100
            text = str(e)
    return c, text


print(classes(80))
