# Floats without an immediate form: huge, tiny and subnormal ones, in registers and out of them.
def walk(x, f, n):
    out = []
    for i in range(n):
        x = x * f
        if i % 100 == 0:
            out.append(x)
    return out


print(walk(1.0, 1.5, 1800))
print(walk(1.0, 0.5, 1100))
print(walk(-1.0, 1e-3, 200))
print(walk(-1.0, -10.0, 320))


def keep(n):
    xs = []
    tiny, huge = 5e-324, 1.7976931348623157e308
    for i in range(n):
        xs.append(tiny * i)
        xs.append(huge / (i + 1))
        xs.append(-tiny if i % 2 else -huge)
    return sum(1 for x in xs if x < 1e-300 and x > -1e-300), max(xs), min(xs), xs[7:12]


print(keep(200))


def to_int(n):
    t = 0
    errors = {}
    for i in range(n):
        x = 2.0 ** (i * 6)
        if i % 20 == 19:
            x = float('inf') if i % 40 == 19 else float('nan')
        try:
            t += int(x) % 1000
        except (OverflowError, ValueError) as e:
            errors[type(e).__name__ + ': ' + str(e)] = i
    return t, errors


print(to_int(160))


def accumulate(n):
    s = 0.0
    c = 0.0
    for i in range(n):
        y = 0.1 - c
        t = s + y
        c = (t - s) - y
        s = t
    return s, c


print(accumulate(1000))


def overflow(n):
    out = []
    for i in range(n):
        try:
            out.append(10.0 ** (i * 10))
        except OverflowError as e:
            out.append(type(e).__name__)
    return out[29:33]


print(overflow(60))
