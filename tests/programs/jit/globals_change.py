# Globals rebound, deleted and defined anew by the loop, by callees and through globals().
x = 1


def reads(n):
    t = 0
    for i in range(n):
        t += x
        if i == 60: globals()['x'] = 10
        if i == 90: set_x(0.5)
        if i == 120: set_x('s'); set_x(2 ** 61)
    return t


def set_x(v):
    global x
    x = v


print(reads(150), x)


def deleted(n):
    global y
    y = 1
    t = e = 0
    for i in range(n):
        try:
            t += y
        except NameError as err:
            e += 1
            text = str(err)
        if i == 70: del y
        if i == 90: y = 5
    return t, e, text


print(deleted(120))


def counter(n):
    global c
    c = 0
    for i in range(n):
        bump()
        c += 1
    return c


def bump():
    global c
    c += 2


print(counter(200))


def functions(n):
    global f
    def f(v): return v + 1
    t = 0
    for i in range(n):
        t += f(i)
        if i == 60:
            def f(v): return v - 1
        if i == 90:
            f = int
        if i == 110:
            f = [10, 20, 30].__len__
            f = lambda v, k=f: k()
    return t


print(functions(140))
total = 0
for i in range(200):
    total += i
    if i == 100:
        total = float(total)
    if i == 150:
        i = 'rebound'
print(total, i)
