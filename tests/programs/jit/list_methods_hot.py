# append, pop, insert, extend, index, remove, reverse, copy and * in hot loops, with results and errors.
def run(n):
    xs = []
    t = 0
    for i in range(n):
        t += xs.append(i) is None
        xs.extend((i, -i))
        if i % 4 == 0: t += xs.pop() + xs.pop(0)
        if i % 7 == 0: xs.insert(len(xs) // 2, 1000)
        if i % 9 == 0: xs.reverse()
        if i % 11 == 0 and 1000 in xs: xs.remove(1000)
        t += xs.index(i) if i in xs else -1
    return t, len(xs), xs[:6]


print(run(90))


def errors(n):
    seen = {}
    for i in range(n):
        xs = [1]
        try:
            if i % 5 == 0: [].pop()
            elif i % 5 == 1: xs.pop(3)
            elif i % 5 == 2: xs.remove(2)
            elif i % 5 == 3: xs.index(5)
            else: xs.append(1, 2)
        except Exception as e:
            k = type(e).__name__ + ': ' + str(e)
            seen[k] = seen.get(k, 0) + 1
    return seen


for k, v in errors(75).items(): print(k, v)


def queue(n):
    q = [(0, 'a')]
    t = 0
    while q and t < n:
        d, name = q.pop(0)
        t += 1
        if d < 6:
            q.append((d + 1, name + 'l'))
            q.append((d + 1, name + 'r'))
    return t, len(q), q[-1:]


print(queue(100), queue(1000))


def repeat(n):
    t = 0
    for i in range(n):
        xs = [i, 2] * (i % 4)
        ys = xs + [3]
        zs = ys.copy()
        zs += (1,)
        t += len(xs) + ys.count(2) * 10 + (zs[:-1] == ys) * 100 + (ys is not zs) * 1000
        t += [1, 2] < [1, 2, i] < [1, 3]
    return t


print(repeat(80))


class L(list):
    def append(self, x): list.append(self, x * 2)
    def __getitem__(self, i): return list.__getitem__(self, i) + 1
    def __len__(self): return 42


def subclass(n):
    a, b = L(), []
    t = 0
    for i in range(n):
        x = a if i % 3 else b
        x.append(i)
        t += x[-1] + len(x)
        t += sum(x) % 7
    return t, list.__len__(a), b[:3]


print(subclass(90))


def clear(n):
    xs = [0]
    for i in range(n):
        xs.append(xs[-1] + i)
        if len(xs) == 30: xs.clear(); xs.append(i)
    ys = xs
    del ys[:]
    return xs, ys is xs


print(clear(100))
