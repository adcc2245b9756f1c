# Loops over dicts, views and sets whose steps are loads: deletions, changes of values and of size, subclasses, views of
# globals that the loop stores to.


def keys(d):
    out = []
    for k in d:
        out.append(k)
    return out


def pairs(d):
    t = 0
    for k, v in d.items():
        t += k * v
    return t


def whole(d):
    last = None
    for p in d.items():
        last = p
    return last


def values(d):
    t = 0
    for v in d.values():
        t = t + v
    return t


def change_values(d):
    seen = []
    for k, v in d.items():
        seen.append(v)
        d[k] = v + 1
        if k + 1 in d:
            d[k + 1] += 10
    return seen


def grow(d, at):
    n = 0
    try:
        for k in d:
            n += 1
            if n == at:
                d["new"] = 1
    except RuntimeError as e:
        return n, str(e)
    return n, None


def shrink(d, at):
    n = 0
    try:
        for k, v in d.items():
            n += 1
            if n == at:
                del d[k]
    except RuntimeError as e:
        return n, str(e)
    return n, None


def sum_set(s):
    t = 0
    for x in s:
        t += x
    return t


def grow_set(s, at):
    n = 0
    try:
        for x in s:
            n += 1
            if n == at:
                s.add(-1)
    except RuntimeError as e:
        return n, str(e)
    return n, None


def with_break(d):
    n = 0
    for k in d:
        for j, v in d.items():
            if j > k:
                break
            n += v
    return n


class D(dict):
    pass


class I(dict):
    def __iter__(self):
        return iter([1, 2, 3])


counter = 0


def over_globals():
    global counter
    seen = 0
    g = globals()
    for r in range(60):
        for k, v in g.items():
            if k == "counter":
                seen += v
                counter = v + 1
                if g["counter"] != counter:
                    seen = -1000000
    return seen


def main():
    d = {n: n * 2 for n in range(300)}
    print(sum(keys(d)), pairs(d), whole(d), values(d))
    for n in range(0, 300, 3):
        del d[n]
    print(sum(keys(d)), pairs(d), whole(d), values(d))
    for n in range(200, 300):
        d.pop(n, None)
    print(sum(keys(d)), pairs(d), whole(d), values(d))
    for n in range(150):
        d[n * 1000] = n
    print(sum(keys(d)), pairs(d), whole(d), values(d), len(d))
    print(sum(change_values({n: n for n in range(100)})))
    print(grow({n: n for n in range(90)}, 50), grow({n: n for n in range(90)}, 90), grow({}, 1))
    print(shrink({n: n for n in range(90)}, 50), shrink({n: n for n in range(90)}, 90))
    s = set(range(0, 900, 3))
    print(sum_set(s), sum_set(frozenset(s)), sum_set(set()), len(s))
    s -= set(range(0, 300, 9))
    print(sum_set(s), grow_set(s, 40), sum_set(s))
    print(with_break({n: 1 for n in range(40)}))
    x, y = D(d), I(d)
    print(sum(keys(x)), pairs(x), values(x), keys(y), pairs(y) == pairs(d), values(y) == values(d))
    for e in (d, {}, x, {1: 2}, {}):
        print(len(keys(e)), values(e), whole(e))
    print(over_globals(), counter)


main()
