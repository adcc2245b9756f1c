# Loops over dicts from which entries were deleted: at the beginning, at the end, all of them, while others come.


def total(d):
    t = 0
    for k in d:
        t += k
    for v in d.values():
        t -= v
    for k, v in d.items():
        t += k * v
    return t


def without(n, gone):
    d = {k: k % 10 for k in range(n)}
    for k in gone:
        del d[k]
    return d


for k in range(4):
    print(total(without(300, ())), total(without(300, range(0, 300, 3))), total(without(300, range(290))))
    print(total(without(300, range(10, 300))), total(without(300, range(300))), total(without(300, [299])))
    print(total(without(300, range(100, 200))), total(without(300, range(0, 300, 2))), total({}))


# A queue: old ones go, new ones come.
def queue(n):
    d = {}
    t = 0
    for k in range(n):
        d[k] = k
        if k > 20:
            del d[k - 20]
        if k % 10 == 0:
            for x in d:
                t += x
            for x in reversed(d):
                t ^= x
    return t, list(d)[:3], len(d)


print(queue(300), queue(30))


def grow(d, at):
    seen = 0
    try:
        for k in d:
            seen += 1
            if seen == at:
                d[-1] = 0
    except RuntimeError as e:
        return seen, str(e)
    return seen, None


def shrink(d, at):
    seen = 0
    try:
        for k in d:
            seen += 1
            if seen == at:
                del d[k]
    except RuntimeError as e:
        return seen, str(e)
    return seen, None


for n in (3, 60, 300):
    for at in (1, n // 3, n // 3 * 2 - 1, n // 3 * 2, n // 3 * 2 + 1):
        gone = range(0, n, 3)
        print(n, at, grow(without(n, gone), at), shrink(without(n, gone), at))


def popped(d):
    # The last entries are given back.
    t = 0
    while d:
        for k, v in d.items():
            t += v
            if k > 40:
                break
        d.popitem()
        d.pop(next(iter(d), None), None)
    return t


print(popped(without(120, range(0, 120, 4))))


def exchanged(d, n):
    # As many items as before, in other places.
    order = 0
    for k in d:
        order = (order * 3 + k) % 1000003
        if k % 2 == 0 and k < n:
            d[k + 1] = d.pop(k + 1)
    return order


print(exchanged({k: k for k in range(100)}, 50), exchanged({k: k for k in range(400)}, 390))


def mixed(d):
    out = 0
    for k, v in d.items():
        if v is None:
            out += 1
        elif type(v) is float:
            out += v
        else:
            out += len(v)
    return out


d = {k: [None, 1.5, "abc", [1, 2]][k % 4] for k in range(400)}
for k in range(0, 400, 5):
    d.pop(k)
print([mixed(d) for k in range(5)][-1], [len({k: v for k, v in d.items() if v}) for k in range(3)])
