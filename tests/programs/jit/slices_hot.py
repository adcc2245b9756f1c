# Slices read, assigned and deleted in hot loops, with bounds of any kind.
def read(xs, n):
    t = 0
    for i in range(n):
        t += len(xs[i - 60:]) + len(xs[:i - 60]) * 2 + len(xs[i - 60:60 - i]) * 3 + len(xs[::i - 60 or 1]) * 5
    return t


print(read(list(range(20)), 120), read('abcdefghijklmnop', 120), read((1, 2, 3), 120), read(range(10), 120))


def assign(n):
    xs = list(range(10))
    for i in range(n):
        xs[i % 5:i % 7] = [i] * (i % 4)
        if len(xs) > 30: del xs[::3]
        if len(xs) < 3: xs[:] = range(6)
    return xs


print(assign(200))


def quicksort(xs):
    if len(xs) < 2: return xs
    p = xs[len(xs) // 2]
    return quicksort([x for x in xs if x < p]) + [x for x in xs if x == p] + quicksort([x for x in xs if x > p])


print(quicksort([i * 7919 % 101 for i in range(120)])[::15])


def rotate(n):
    xs = [1, 2, 3, 4, 5]
    for i in range(n):
        xs = xs[1:] + xs[:1]
        xs[0], xs[-1] = xs[-1], xs[0]
    return xs


print(rotate(101))


class S:
    def __getitem__(self, k):
        return (k.start, k.stop, k.step) if isinstance(k, slice) else k


def own(n):
    s = S()
    out = None
    for i in range(n):
        out = s[i], s[i:], s[:i:2], s[1:2, ::3] if i % 2 else s[...]
    return out


print(own(80), own(81))


def errors(n):
    c = 0
    xs = [1, 2, 3, 4]
    for i in range(n):
        try:
            xs[::2] = [0] * (i % 4)
            c += 1
        except ValueError as e:
            text = str(e)
        try:
            xs['a' if i % 2 else 0:]
        except TypeError:
            c += 100
    return c, xs, text


print(errors(80))


def big(n):
    xs = list(range(5))
    t = 0
    for i in range(n):
        t += len(xs[-2 ** (i % 70):2 ** (i % 70)]) + len(xs[::2 ** 65]) + len(xs[True:])
    return t


print(big(140))
