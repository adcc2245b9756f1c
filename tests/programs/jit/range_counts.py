# Loops over ranges with step 1 keep two bounds: indices that stand for checks made before the loop, from every kind of
# start, in loops that are entered from their beginning and in the middle.


def total(a, first, last):
    t = 0
    for i in range(first, last):
        t += a[i]
    return t


def tried(a, first, last):
    try:
        return total(a, first, last)
    except IndexError as e:
        return str(e)


a = list(range(100, 400))
print([total(a, 0, n) for n in range(290, 301)])
print([total(a, -n, n) for n in range(0, 300, 37)])
print([tried(a, -301 + n, 5) for n in range(4)])
print([tried(a, 5, 299 + n) for n in range(4)])
print([tried(a, 310, 299 + n) for n in range(4)])
print(total(a, 7, 7), total(a, 8, 7), total(a, -5, -5))


def nested(rows, low):
    t = 0
    for i in range(low, len(rows)):
        for j in range(i, len(rows)):
            row = rows[j]
            for k in range(low, i + 1):
                t = (t * 3 + row[k] * j - i) % 1000003
    return t


rows = [[x * y % 17 for x in range(24)] for y in range(24)]
print([nested(rows, low) for low in (0, 1, 5, -1, -2, 23, 24, -24)])
try:
    nested(rows, -25)
except IndexError as e:
    print(e)


def shrinking(n):
    a = list(range(n))
    t = 0
    try:
        for i in range(n):
            t += a[i]
            if i % 7 == 6:
                a.pop()
    except IndexError as e:
        return t, len(a), i, str(e)


print([shrinking(n) for n in (3, 50, 400)])


def reassigned(n):
    t = 0
    for i in range(n):
        t += i
        i = t % 5 - 2
        t += i * 3
    return t, i


print(reassigned(1000), reassigned(1), reassigned(300))

BIG = 2**59
for start, stop in ((BIG - 300, BIG), (BIG - 300, BIG + 300), (-BIG - 300, -BIG), (BIG * 2 - 300, BIG * 2), (2**70, 2**70 + 300)):
    n = t = 0
    for i in range(start, stop):
        n += 1
        t = (t * 31 + i) % 1000000007
    print(n, t, i)


def resumed(n):
    for i in range(n):
        for j in range(i, n):
            yield i * j


print(sum(resumed(40)), max(resumed(7)), list(resumed(3)))


def steps(a, by):
    t = 0
    for i in range(0 if by > 0 else len(a) - 1, len(a) if by > 0 else -1, by):
        t = (t * 7 + a[i]) % 100003
    return t


print([steps(a, by) for by in (1, 2, 1, 3, -1, 1, -2, 1)])


def counted(a, i, n):
    t = 0
    while i < n:
        t += a[i] + a[i - 1]
        i += 1
    return t


def counted_tried(a, i, n):
    try:
        return counted(a, i, n)
    except IndexError as e:
        return str(e)


print([counted_tried(a, i, n) for i, n in ((1, 300), (0, 300), (-3, 200), (0, 301), (-301, 1), (-300, 300), (1, 300))])


class Fake:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


for k in range(3):
    print(sum(i for i in range(Fake(4), Fake(400))), [i for i in range(True, Fake(3))])

r = range(5, 205)
for k in range(3):
    t = 0
    for i in r:
        for j in r:
            if j > i + 2:
                break
            t += j - i
    print(t, i, j)
it = iter(r)
for i in it:
    if i == 7:
        break
print(next(it), sum(it), len(r), r[3])
