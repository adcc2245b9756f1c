# Built-in names shadowed by globals and changed in the module builtins, and uncovered again.
import builtins


def use(n):
    t = 0
    out = []
    for i in range(n):
        t += len((1, 2, 3)) + abs(-i) + max(i, 5)
        if i == 60: globals()['len'] = lambda x: 100
        if i == 80: del globals()['len']
        if i == 100: builtins.abs = lambda x: 0
        if i == 120: builtins.abs = original_abs
        if i == 130: globals()['max'] = min
        if i == 140: del globals()['max']
        if i % 20 == 19: out.append(t)
    return out


original_abs = abs
print(use(160))


def new_name(n):
    t = e = 0
    for i in range(n):
        try:
            t += fresh
        except NameError:
            e += 1
        if i == 50: builtins.fresh = 1
        if i == 80: globals()['fresh'] = 10
        if i == 100: del builtins.fresh
        if i == 120: del globals()['fresh']
    return t, e


print(new_name(150))


def types(n):
    t = 0
    for i in range(n):
        t += isinstance(i, int) + int('7') + len(str(i)) + (range(3) == range(0, 3))
        if i == 70: globals()['int'] = float
    del globals()['int']
    return t


print(types(100))


def exception_name(n):
    global KeyError
    c = 0
    for i in range(n):
        try:
            {}[i]
        except KeyError:
            c += 1
        except LookupError:
            c += 100
        if i == 60: KeyError = ValueError
    del KeyError
    return c


print(exception_name(90))
