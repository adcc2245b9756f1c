# Small ints end at 2**60: every operation crosses the border in a hot loop, in both directions.
B = 2 ** 60


def up_and_down(start, n):
    x = start
    seen = []
    for i in range(n):
        x = x + 1 if i % 40 < 20 else x - 1
        if i % 13 == 0:
            seen.append(x - start)
    return x, seen


for start in (B - 10, -B - 10, B - 1, -B + 5, B, -B, 2 ** 63 - 10, -2 ** 63 + 10, 2 ** 64 - 10):
    print(up_and_down(start, 200))


def times(a, n):
    t = 0
    for i in range(n):
        t ^= a * (i - n // 2)
    return t


for a in (3, 2 ** 30, 2 ** 53, 2 ** 55, -2 ** 57, B - 1, -B, B, 2 ** 61):
    print(times(a, 100))


def negate(x, n):
    t = 0
    for i in range(n):
        x = -x
        t += x if i % 3 else -x
    return x, t


for x in (B - 1, B, -B, -B - 1, 0, 1):
    print(negate(x, 75))
