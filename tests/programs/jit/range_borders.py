# Ranges at the ends of words, empty, with steps, and with the loop variable changed.
def count(r):
    t = c = 0
    for i in r:
        c += 1
        t += i
    return c, t


for r in (range(0), range(5, 5), range(10, 0), range(10, 0, -3), range(0, 100, 7), range(-50, 50, 13),
          range(2 ** 60 - 40, 2 ** 60 + 40), range(-2 ** 60 - 40, -2 ** 60 + 40),
          range(2 ** 63 - 40, 2 ** 63 + 40), range(2 ** 100, 2 ** 100 + 300, 4),
          range(-2 ** 63 + 40, -2 ** 63 - 40, -1), range(0, 2 ** 60, 2 ** 53), range(0, -2 ** 70, -2 ** 64)):
    print(count(r))


def changed(n):
    t = 0
    for i in range(n):
        t += i
        i = i * 2 + 0.5
        t += i
        i = 'x'
    return t, i


print(changed(100))


def after(n):
    for i in range(n):
        pass
    return i


print(after(100), after(1))


def nested(n):
    t = 0
    for i in range(n):
        for j in range(i, n - i):
            t += i * j
        for j in range(i % 3):
            t -= j
    return t, i, j


print(nested(40))


def again(n):
    r = range(n)
    t = 0
    for k in range(5):
        for i in r:
            t += i * k
    return t, len(r), r[-1], r


print(again(50))
for i in range(100):
    for j in range(i, i + 2):
        last = (i, j)
print(last)
