# Dicts and sets changed by the loop over them: the size error, and what is allowed.
def change(n, when, what):
    d = {i: i * 2 for i in range(n)}
    c = t = 0
    try:
        for k in d:
            c += 1
            t += d[k]
            if c == when:
                what(d)
    except RuntimeError as e:
        return c, t, str(e)
    return c, t


def add(d): d['new'] = 1
def remove(d): del d[5]
def value(d): d[50] = 1000
def clear(d): d.clear()
def update(d): d.update({k: -v for k, v in d.items()})


for what in (add, remove, value, clear, update):
    print(what.__name__, change(120, 1, what), change(120, 70, what), change(120, 119, what))


def values(n):
    d = dict.fromkeys(range(n), 1)
    t = 0
    for k in d:
        d[k] += t % 3
        t += d[k]
    for k, v in d.items():
        d[k] = v * 0.5
    for v in d.values():
        t += v
    return t


print(values(150))


def items(n):
    d = {str(i): i for i in range(n)}
    t = 0
    try:
        for k, v in d.items():
            t += v
            if v == 77: del d['3']
    except RuntimeError as e:
        t = -t
    return t, len(d)


print(items(100))


def sets(n):
    s = set(range(n))
    t = 0
    try:
        for x in s:
            t += x
            if x == 70: s.add(1000)
    except RuntimeError as e:
        return t, str(e), len(s)


print(sets(100))


def safe(n):
    d = {i: 1 for i in range(n)}
    for k in list(d):
        if k % 3: del d[k]
        else: d[k + 1000] = 0
    return len(d), list(d)[:3], list(d)[-2:]


print(safe(90))


def views(n):
    d = {}
    ks = d.keys()
    t = 0
    for i in range(n):
        d[i % 40] = i
        t += len(ks) + (i in ks)
        if i % 10 == 9: d.popitem()
    return t, sorted(d)[-3:]


print(views(120))
