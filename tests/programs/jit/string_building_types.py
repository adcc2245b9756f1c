# Sums of str, bytes, list and tuple in one loop each, whose type changes once, and mixes that fail.
def total(start, step, n, odd=None, at=-1):
    t = start
    for i in range(n):
        try:
            t = t + (odd if i == at else step)
        except TypeError as e:
            return i, str(e), len(t) if hasattr(t, '__len__') else t
    return len(t) if hasattr(t, '__len__') else t


for s, st in (('', 'ab'), (b'', b'x'), ([], [1]), ((), (1, 2)), (0, 1), ('é', '😀')):
    print(total(s, st, 80), total(s, st, 80, 5, 70), total(s, st, 80, 'q', 70), total(s, st, 80, [2], 2))


def times(n):
    out = []
    for x in ('ab', b'c', [0], (1, 2), 3, 0.5):
        t = 0
        for i in range(n):
            r = x * (i % 4)
            t += len(r) if hasattr(r, '__len__') else r
        out.append(t)
    return out


print(times(70))


def joins(n):
    parts = []
    for i in range(n):
        parts.append(str(i) if i % 10 else '-' * (i // 10))
        if i % 30 == 29:
            s = ''.join(parts)
            parts = [s[:5], s[-5:]]
    return parts, '|'.join(parts)


print(joins(100))


def bad_join(n):
    c = {}
    for i in range(n):
        try:
            r = len(','.join(['a', ('b', 3, None, b'x')[i % 4]]))
        except TypeError as e:
            r = str(e)
        c[r] = c.get(r, 0) + 1
    return c


print(bad_join(80))


def chars(n):
    t = ''
    for i in range(n):
        t += chr(i * 997 % 0x800 + 32)
        if len(t) > 30: t = t[::-3]
    return ascii(t), len(t.encode()), t.isprintable() in (True, False)


print(chars(200))


def compare(n):
    c = 0
    a = b = ''
    for i in range(n):
        a += 'x'
        b = 'x' + b if i % 7 else b + 'y'
        c += (a == b) + (a < b) * 10 + (len(a) == len(b)) * 100 + a.startswith(b[:3]) * 1000
    return c, b[:12]


print(compare(80))
