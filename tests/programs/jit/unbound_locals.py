# Locals that are unbound on some iterations, deleted, and bound again.
def run(n):
    e = t = 0
    for i in range(n):
        if i % 3 == 0:
            x = i
        elif i % 3 == 1 and i > 1:
            del x
        try:
            t += x
        except UnboundLocalError as err:
            e += 1
            text = str(err)
    return t, e, text


print(run(99))


def late(n):
    e = 0
    for i in range(n):
        try:
            y
        except UnboundLocalError:
            e += 1
        if i == 70: y = 1
    return e, y


print(late(100))


def del_twice(n):
    e = 0
    for i in range(n):
        z = i
        del z
        try:
            del z
        except UnboundLocalError as err:
            e += 1
            text = str(err)
    return e, text


print(del_twice(70))


def operand(n):
    log = []
    def f(): log.append(1); return 1
    c = 0
    for i in range(n):
        if i % 2: v = i
        try:
            c += v + f()
        except UnboundLocalError:
            c += 1000
        if i % 2: del v
    return c, len(log)


print(operand(80))


def loop_var(n):
    for i in range(n):
        for j in range(i - 60):
            pass
        try:
            j
        except UnboundLocalError:
            last = i
    return last, j


print(loop_var(90))


def in_with_names(n):
    c = 0
    for i in range(n):
        try:
            if i % 4 == 0: raise KeyError(i)
            w = i
        except KeyError as w:
            c += 1
        try:
            c += w * 10
        except UnboundLocalError:
            c += 100000
    return c


print(in_with_names(80))


def elements(n):
    d = {i: i for i in range(n)}
    xs = list(range(n))
    class P: pass
    p = P()
    for i in range(n):
        p.a = i
        del d[i], xs[0], p.a
    return d, xs, vars(p)


print(elements(90))
for g in range(100):
    if g % 2: h = g
    else:
        try:
            del h
        except NameError as err:
            if g > 0: print('wrong', g)
print(g, 'h' in globals())
