# Lists that grow and shrink while they are indexed.
def shrink(n):
    xs = list(range(n))
    t = e = 0
    for i in range(n):
        try:
            t += xs[i]
        except IndexError:
            e += 1
        if i % 3 == 0:
            xs.pop()
    return t, e, len(xs)


print(shrink(200))


def grow(n):
    xs = []
    t = e = 0
    for i in range(n):
        try:
            t += xs[i // 2]
        except IndexError:
            e += 1
            xs.append(i)
        xs.append(i)
        t += xs[-1] + xs[-len(xs)]
    return t, e, len(xs)


print(grow(150))


def store(n):
    xs = [0] * 10
    e = 0
    for i in range(n):
        try:
            xs[i % 13] = i
            xs[-(i % 12) - 1] += 1
        except IndexError as x:
            e += 1
            text = str(x)
        if i == 100: del xs[5:]
        if i == 150: xs.extend([7] * 8)
    return xs, e, text


print(store(200))


def cleared(n):
    xs = [1, 2, 3]
    t = 0
    for i in range(n):
        if i % 50 == 49:
            xs.clear()
        while len(xs) < 3:
            xs.insert(0, i)
        t += xs[0] * 3 + xs[1] + xs[2]
    return t, xs


print(cleared(200))


def stack(n):
    s = [1]
    t = 0
    for i in range(n):
        x = s.pop()
        t += x
        s.append(x + 1)
        if i % 7 == 0: s.append(i)
        if i % 21 == 20: s.pop(0)
    return t, len(s), s[-3:]


print(stack(300))


def call_shrinks(n):
    xs = list(range(20))
    def f(i):
        if i % 10 == 9 and len(xs) > 3: del xs[-2:]
        return i
    t = e = 0
    for i in range(n):
        try:
            k = i % 20
            t += xs[k]
            f(i)
            t += xs[k]
            xs[k] = t % 100
        except IndexError:
            e += 1
    return t, e, xs


print(call_shrinks(150))
