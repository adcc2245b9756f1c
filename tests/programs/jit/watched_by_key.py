# Globals written by a loop that knew a dict of the same keys, in the same places, as a plain one.
knob = 4
same = 1


def way(i): return 1
def other(i): return 50


def fill(d, n, v, f):
    for i in range(n):
        d['same'] = v
        d['knob'] = i
        d['way'] = f
    return d['knob']


def turn(n, d):
    t = 0
    for i in range(n):
        t += knob + way(i)
        if i == 50: fill(d, 30, 9, other)
    return t


plain = dict(globals())
print(fill(plain, 80, 5, way))
print(turn(40, plain), turn(80, globals()))
fill(globals(), 80, 2, way)
print(turn(40, plain), same, plain['same'])


# Computed keys: the helper that stores.
def put(d, keys, n, v):
    for i in range(n):
        d[keys[i % 2]] = v
    return d['limit']


limit = 7
keys = ['limit', 'li' + 'mit']


def below(n, d):
    t = 0
    for i in range(n):
        t += limit
        if i == 60: put(d, keys, 40, 100)
        t += limit
        d[keys[0]] = 8 if i > 90 else limit
    return t


print(put(dict(globals()), keys, 80, 1), below(50, {}), below(120, globals()), limit)


def inside(n, d):
    t = 0
    for i in range(n):
        t += base
        d[names[i // 50]] = i
        t += base
    return t


names = ['first', 'second', 'base', 'fourth']
base = 3
print(inside(80, {}), inside(170, globals()), base)


# Instructions and natives that write the globals each time round, and once a name that the loop relies on.
m1 = m2 = m3 = m4 = m5 = way
idle = {'unused': 0}


def updated(n, changes):
    g = globals()
    t = 0
    for i in range(n):
        t += m1(i)
        g.update(changes[i // 50])
        t += m1(i) * 1000
    return t


def merged(n, changes):
    g = globals()
    t = 0
    for i in range(n):
        t += m2(i)
        g |= changes[i // 50]
        t += m2(i) * 1000
    return t


def taken(n, names):
    g = globals()
    t = e = 0
    for i in range(n):
        try:
            t += m3(i)
            g.pop(names[i // 50], None)
            t += m3(i) * 1000
        except NameError:
            e += 1
    return t, e


def added(n, names):
    g = globals()
    t = 0
    for i in range(n):
        t += len(idle)
        g.setdefault(names[i // 50], way)
        t += len(idle) * 1000
    return t


def by_attribute(n, names):
    import __main__ as m
    t = 0
    for i in range(n):
        t += m4(i)
        setattr(m, names[i // 50], other)
        t += m4(i) * 1000
    return t


def by_statement(n, modules):
    t = 0
    for i in range(n):
        t += m5(i)
        modules[i // 50].m5 = other
        t += m5(i) * 1000
    return t


class Other: pass


import __main__
print(updated(120, [idle, {'m1': other}, idle]))
print(merged(120, [idle, {'m2': other}, idle]))
print(taken(120, ['idler', 'm3', 'idler']))
print(added(120, ['unused', 'len', 'unused']))
del len
print(by_attribute(120, ['idle2', 'm4', 'idle2']))
print(by_statement(120, [Other, __main__, Other()]))


# A native that writes a name and then raises: the handler sees it.
m6 = way


def raising(n, pairs):
    g = globals()
    t = e = 0
    for i in range(n):
        t += m6(i)
        try:
            g.update(pairs[i // 100])
        except TypeError:
            e += 1
            t += m6(i) * 1000
        t += m6(i) * 10 ** 6
    return t, e


print(raising(220, [[('unused', 1), 5], [('m6', other), 5], [('unused', 2), 5]]))
