# Globals that are data: constants, and what looks like one until it changes, once or all the time.
import math

N = 50
MOD = 7
RATE = 0.5
TEXT = 'abc'
FLAG = None
DEBUG = False
BIG = 1 << 80


def constants(n):
    t = 0
    for i in range(n):
        t = (t * N + i) % 1000003
        t += i % MOD + i // MOD
        t += int(RATE * i) + len(TEXT) + ('b' in TEXT)
        if FLAG is not None: t += FLAG
        if DEBUG: t += 100
        if i == 100: change()
        if i == 120: set_debug(True)
        if i == 130: set_debug(False)
        t += BIG % 11
    return t


def change():
    global N, RATE
    N = 49
    RATE = -2.5


def set_debug(v):
    global DEBUG
    DEBUG = v


print(constants(150))
FLAG = 5
TEXT = 'a' * 300
print(constants(150))
MOD = -3
BIG = 5.5
print(constants(150))


counter = 0


def bump(): return counter_up(1)


def counter_up(k):
    global counter
    counter += k
    return counter


def counts(n):
    global counter
    t = 0
    for i in range(n):
        t += bump()
        counter += 2
        t -= counter
        if i % 10 == 9: globals()['counter'] = counter - 5
        t += counter
    return t, counter


print(counts(200))


# Written before it is read, written by others, never twice the same.
state = 1


def stepped(n):
    global state
    t = 0
    for i in range(n):
        state = (state * 1103515245 + 12345) % 2147483648
        t ^= state
    return t, state


print(stepped(100))


def relaxed(n, every):
    t = 0
    for i in range(n):
        t += LIMIT
        if i % every == every - 1: tighten()
    return t


def tighten():
    global LIMIT
    LIMIT = LIMIT + 1 if LIMIT < 20 else 0.5 if LIMIT == 20 else 3


LIMIT = 10
print(relaxed(100, 90), relaxed(100, 50), relaxed(200, 30), relaxed(200, 3))

# Many names, each changed once.
names = ['k%d' % i for i in range(12)]
for i, name in enumerate(names): globals()[name] = i


def many(n):
    t = 0
    for i in range(n):
        t += k0 + k1 + k2 + k3 + k4 + k5 + k6 + k7 + k8 + k9 + k10 + k11
        if i % 20 == 19: globals()[names[i // 20]] *= 10
    return t


print(many(245))

# Attributes of modules.
math.limit = 3


def of_module(n):
    t = 0
    for i in range(n):
        t += math.limit + int(math.pi)
        if i == 50: math.limit = 4
        if i == 70: math.limit = 4.25
        if i == 80: math.limit += 1
    return t


print(of_module(100))

# The module's own loop.
total = 0
unit = 3
for i in range(150):
    total += unit
    if i == 80: unit = 5
    if i == 110: unit = 'x' and 7
print(total, unit)

# Equal but not the same: 1, 1.0 and True; 0.0 and -0.0.
same = 1


def equal(n):
    global same
    out = []
    for i in range(n):
        x = same
        if i == 40: same = 1.0
        if i == 50: same = True
        if i == 60: same = 0.0
        if i == 65: same = -0.0
        if i % 5 == 0: out.append(x)
    return out


print(equal(80))
