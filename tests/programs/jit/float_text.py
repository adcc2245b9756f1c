# Text of floats and ints that compiled loops made: repr, format, round trips.
def run(n):
    x = 1.0
    out = []
    for i in range(n):
        x = x * 1.7 - i * 0.3
        if float(repr(x)) != x: return 'wrong'
        if i % 12 == 0: out.append(repr(x))
        if x > 1e20 or x < -1e20: x = x * 1e-25
    return out


print(run(120))


def formats(n):
    out = []
    for i in range(n):
        x = (i - 30) * 1.37
        out.append(f'{x:.2f} {x:8.1f} {x:e} {x:g} {i:5d} {i:<4}| {i:x} {i:+d} {i:,} {x!r:>8.6}')
    return out[0], out[29], out[-1]


for s in formats(61): print(s)


def percent(n):
    t = 0
    for i in range(n):
        t += len('%d %s %5.2f %r %x' % (i, i * 0.5, i / 3, str(i), i))
    return t, '%d|%5d|%-5d|%05d|%s' % (7, 7, 7, 7, 7.0)


print(percent(80))


def joined(n):
    return ','.join(str(i * 0.1) for i in range(n))


print(joined(62))


def special(n):
    out = ''
    for i in range(n):
        x = (0.0, -0.0, 1e16, 1e-5, 123456789.0, float('inf'), float('nan'), 1e22, 5e-324, 0.1 + 0.2)[i % 10]
        out = f'{x} {x:.1f} {-x} {x * 2}'
        if i >= n - 10: print(out)


special(70)


def ints(n):
    out = []
    for i in range(n):
        v = (i - n // 2) * 2 ** (i % 63)
        out.append(f'{v}')
    return sum(map(len, out)), out[61], out[-1]


print(ints(126))


def parse(n):
    t = 0.0
    e = 0
    for i in range(n):
        try:
            t += float(('1.5', ' 2 ', '1e3', 'x', '-.5', '1_0.0', '', 'inf'[:i % 3])[i % 8])
        except ValueError:
            e += 1
    return t, e


print(parse(96))
