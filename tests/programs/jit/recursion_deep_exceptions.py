# Exceptions that pass many compiled frames, with handlers at some of them.
def down(n, log):
    if n == 0:
        raise ValueError(len(log))
    try:
        down(n - 1, log)
    except KeyError:
        log.append('never')
    finally:
        if n % 10 == 0: log.append(n)


def run(k):
    t = 0
    for i in range(k):
        log = []
        try:
            down(i % 60, log)
        except ValueError as e:
            t += sum(log) + e.args[0]
            d = 0
            tb = e.__traceback__
            while tb: d, tb = d + 1, tb.tb_next
            if d != i % 60 + 2: return 'wrong depth', d, i
    return t


print(run(130))


def translate(n):
    if n == 0: raise KeyError('k')
    try:
        return translate(n - 1)
    except KeyError:
        raise ValueError(n)
    except ValueError as e:
        if n % 3 == 0: raise KeyError(e.args[0] + n)
        raise


def chain(n):
    try:
        translate(n)
    except Exception as e:
        d = 0
        x = e
        while x is not None: d, x = d + 1, x.__context__
        return type(e).__name__, e.args, d


print([chain(n) for n in range(12)], chain(60))


def search(t, x, path=()):
    if t is None: raise LookupError(path)
    k, l, r = t
    if x == k: return path
    return search(l, x, path + ('l',)) if x < k else search(r, x, path + ('r',))


def insert(t, x):
    if t is None: return (x, None, None)
    k, l, r = t
    return (k, insert(l, x), r) if x < k else (k, l, insert(r, x))


def tree(n):
    t = None
    for i in range(n): t = insert(t, i * 37 % n * 2)
    hit = miss = 0
    for i in range(n * 2):
        try:
            hit += len(search(t, i))
        except LookupError as e:
            miss += len(e.args[0])
    return hit, miss


print(tree(101))


def retry(n, k):
    for i in range(k):
        try:
            if n > 0: return retry(n - 1, k) + i
            if i < 2: raise RuntimeError
            return i
        except RuntimeError:
            continue
    return -1


print([retry(n, 5) for n in range(40)][-3:], retry(10, 2))
