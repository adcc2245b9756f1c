# Shifts by amounts that grow past the word, of both signs, and by none.
def left(x, n):
    out = []
    for i in range(n):
        y = x << i
        if y >> i != x:
            out.append('wrong')
        if i % 9 == 0:
            out.append(y)
    return out


for x in (0, 1, -1, 3, -5, 2 ** 59, -2 ** 60):
    print(left(x, 90))


def right(x, n):
    return [x >> i for i in range(n)][::7]


for x in (0, 1, -1, 2 ** 60 - 1, -2 ** 60, 2 ** 61, -2 ** 100, 2 ** 100 + 1):
    print(right(x, 110))


def errors(n):
    caught = 0
    t = 0
    for i in range(n):
        try:
            t += 1 << (50 - i)
        except ValueError as e:
            caught += 1
            message = str(e)
    return t, caught, message


print(errors(100))


def mixed(n):
    h = 0
    for i in range(n):
        h = ((h << 5) ^ (h >> 27) ^ i) & 0xFFFFFFFF
    return h


print(mixed(1000))
