# finally in loops: on return, break, continue, exceptions, and finally that overrides.
log = []


def f(i):
    try:
        if i % 4 == 0: return 'return'
        if i % 4 == 1: raise ValueError(i)
        if i % 4 == 2: return log.append(i)
    except ValueError:
        return 'caught'
    finally:
        log.append(-i)
    return 'end'


def run(n):
    out = {}
    for i in range(n):
        r = f(i)
        out[r] = out.get(r, 0) + 1
    return out


print(run(100), len(log), sum(log))


def loop(n):
    t = 0
    i = 0
    while True:
        try:
            i += 1
            if i % 3 == 0: continue
            if i > n: break
            t += i
        finally:
            t += 1000
    return t, i


print(loop(100))


def override(i):
    try:
        if i % 2: raise KeyError(i)
        return 1
    finally:
        if i % 3 == 0:
            i = 'x'


def overrides(n):
    t = e = 0
    for i in range(n):
        try:
            t += override(i)
        except KeyError:
            e += 1
    return t, e


print(overrides(100))


def nested(n):
    out = []
    for i in range(n):
        try:
            try:
                try:
                    if i % 5 == 0: raise ValueError('in')
                finally:
                    out.append(1)
                    if i % 10 == 0: raise TypeError('from finally')
            except ValueError:
                out.append(2)
            else:
                out.append(3)
            finally:
                out.append(4)
        except TypeError as e:
            out.append(type(e.__context__).__name__)
    return ''.join(str(x)[0] for x in out[:60]), len(out)


print(nested(100))


def rebinding(n):
    x = 0
    for i in range(n):
        try:
            x = i
            if i % 7 == 3: raise RuntimeError
        except RuntimeError:
            x = -x
        finally:
            x += 0.5
    return x


print(rebinding(95))
