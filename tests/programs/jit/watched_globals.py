# Names that loops rely on change in mid-loop, in every way there is: what was known of them has to be forgotten at once.
import builtins
import math


def one(i): return 1
def two(i): return 20
def three(i): return 300


# Inside an inlined callee, two calls deep.
a1 = one


def a_set(v):
    global a1
    a1 = v


def a_deep(i):
    if i == 40: a_set(two)
    if i == 70: a_set(three)
    return a1(i)


def in_callee(n):
    t = 0
    for i in range(n):
        t += a1(i)
        t += a_deep(i)
        t += a1(i)
    return t


print(in_callee(100))

# Inside callbacks of natives, and of frozen Python.
b1 = one


def b_key(x):
    global b1
    if x == 45: b1 = two
    if x == 71: b1 = lambda i: -i
    return -x


def in_native(n):
    t = 0
    for i in range(n):
        t += b1(i)
        t += sorted([i, i + 1], key=b_key)[0]
        t += b1(i)
        t += sum(map(b_key, [i]))
        t += max([1, i], key=b_key)
    return t


print(in_native(100))

# Through modules: this one's attributes seen from outside, another's from here.
math.step = one


def in_module(n):
    t = 0
    for i in range(n):
        t += math.step(i)
        if i == 40: math.step = two
        if i == 60: setattr(math, 'step', three)
        if i == 70: vars(math)['step'] = one
        if i == 80:
            del math.step
            try:
                math.step(i)
            except AttributeError as e:
                t += len(str(e))
            math.__dict__['step'] = two
    return t


print(in_module(100))

# Through globals(), by each method of dicts.
c1 = c2 = c3 = c4 = c5 = c6 = c7 = one


def by_dict(n):
    g = globals()
    t = e = 0
    for i in range(n):
        try:
            t += c1(i) + c2(i) + c3(i) + c4(i)
            t += c5(i) * 2
            t += c6(i) * 3 + c7(i) * 5
        except NameError as err:
            e += 1
            t += len(str(err))
        if i == 30: g['c1'] = two
        if i == 40: g.update(c2=two)
        if i == 50: g.pop('c3')
        if i == 55: g.setdefault('c3', three)
        if i == 60: g |= {'c4': three}
        if i == 70: g.__setitem__('c5', three)
        if i == 80: del g['c6']
        if i == 85: c6_again()
        if i == 90: dict.__setitem__(g, 'c7', two)
        if i == 95: dict.__ior__(g, {'c7': three, 'c1': one})
    return t, e


def c6_again():
    global c6
    def c6(i): return i


print(by_dict(110))

# Built-ins that come to be hidden, and come back.


def hidden(n, xs):
    t = 0
    for i in range(n):
        t += len(xs) + abs(-i) + ord('a')
        if i == 40: hide_len()
        if i == 60: globals()['abs'] = lambda x: 1000
        if i == 70: globals()[''.join(['o', 'r', 'd'])] = lambda x: 7
        if i == 80: show()
    return t


def hide_len():
    global len
    def len(x): return 50


def show():
    global len
    del len
    globals().pop('abs')
    del globals()['ord']


print(hidden(100, [1, 2]))
print(hidden(100, [1, 2, 3]))


def replaced(n):
    t = 0
    for i in range(n):
        t += min(i, 50)
        if i == 60: builtins.min = max
        if i == 80: builtins.min = kept
        if i == 90: builtins.novel = one
    return t


kept = min
print(replaced(100), novel(1))

# Keys that are no plain strs among the globals.


class Name(str):
    pass


class Odd:
    def __hash__(self): return hash('odd')
    def __eq__(self, other): return False


def odd_keys(n):
    t = 0
    for i in range(n):
        t += pow(2, 3)
        if i == 40: globals()[Name('pow')] = lambda a, b: 11
        if i == 60: globals()[Odd()] = 1
        if i == 61: globals()[7] = 1
    for k in [k for k in globals() if type(k) is not str]: del globals()[k]
    return t


print(odd_keys(80), pow(2, 3))

# Deleted, and defined again.


def gone(n):
    global d1
    def d1(i): return 2
    t = e = 0
    for i in range(n):
        try:
            t += d1(i)
        except NameError as err:
            e += 1
        if i == 40: del d1
        if i == 60:
            def d1(i): return 3
    return t, e


print(gone(80))

# In generators, and beside them.
e1 = one


def numbers(n):
    global e1
    for i in range(n):
        yield e1(i)
        if i == 40: e1 = two
        yield i


def in_generator(n):
    global e1
    t = 0
    for k, x in enumerate(numbers(n)):
        t += x + e1(x)
        if k == 120: e1 = three
    return t


print(in_generator(90))

# In handlers.
f1 = one


def f_fails(i):
    global f1
    if i == 50:
        f1 = two
        raise ValueError(i)
    if i % 7 == 0: raise KeyError(i)


def in_handler(n):
    global f1
    t = 0
    for i in range(n):
        try:
            f_fails(i)
            t += f1(i)
        except ValueError:
            t += f1(i)
        except KeyError:
            t += f1(i) * 2
            if i == 70: f1 = three
            t += f1(i)
        finally:
            t += f1(i)
    return t


print(in_handler(90))

# Below recursions.


def h1(n): return n


def h_anew():
    global h1
    def h1(n): return 1000


def recurse(n, k):
    if n == 0:
        if k == 40: h_anew()
        if k == 55: globals().update(h1=lambda n: 5)
        return h1(n)
    return recurse(n - 1, k) + h1(n) + recurse(0, 0)


print([sum(recurse(6, k) for k in range(m)) for m in (20, 45, 60)])


def fact(n):
    if n < 2: return 1
    return n * fact(n - 1)


def renamed(n):
    global fact
    t = 0
    for i in range(n):
        t += fact(i % 9)
        if i == 60:
            old = fact
            def fact(n): return old(n) + 1
    return t


print(renamed(120))

# Emptied under a running loop.


def last_one(i): return i


def popped(n):
    t = 0
    for i in range(n):
        try:
            t += last_one(i)
        except NameError as e:
            t += len(str(e))
        if i == 40: t += len(globals().popitem())
    return t


run = popped
globals()['last_one'] = globals().pop('last_one')
print(run(80))


def wiped(n):
    t = e = 0
    for i in range(n):
        try:
            t += two(i)
        except NameError as err:
            e += len(str(err))
        if i == 40: globals().clear()
        if i == 60: globals()['two'] = lambda i: 6
    return t, e, sorted(globals())


print(wiped(80))
