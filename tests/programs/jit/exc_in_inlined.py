# Exceptions from calls that a trace inlines: caught in the callee, the caller, and the caller's caller.
def a(i):
    if i % 13 == 12: raise KeyError(i)
    if i % 17 == 16: raise ValueError(i)
    return i


def b(i):
    try:
        return a(i) + 1
    except KeyError as e:
        return -e.args[0]


def c(i):
    k = i * 2
    r = b(i)
    return r + k


def run(n):
    t = 0
    errors = []
    for i in range(n):
        before = t
        try:
            t += c(i)
        except ValueError as e:
            errors.append((i, e.args[0], t == before))
    return t, errors[:3], len(errors)


print(run(300))


def locals_right(n):
    out = []
    for i in range(n):
        x = i
        y = x + 1
        try:
            x = y * 2
            y = a(i)
            x = -1
        except (KeyError, ValueError):
            out.append((x, y))
    return out[:6]


print(locals_right(150))


def operators(n):
    kinds = {}
    xs = [1, 0, 'a', None, 2.5, [1]]
    for i in range(n):
        try:
            r = xs[i % 6] + 1 if i % 2 else 10 // xs[(i + 1) % 7]
            key = 'ok'
        except Exception as e:
            key = type(e).__name__ + ': ' + str(e)
        kinds[key] = kinds.get(key, 0) + 1
    return sorted(kinds.items())


for line in operators(420):
    print(line)


def attribute(n):
    class P: pass
    p = P()
    c = 0
    for i in range(n):
        try:
            c += p.x
        except AttributeError:
            c += 1000
            if i == 60: p.x = 1
    return c


print(attribute(100))
