# Loop variables change type, or leave the small ints, on some of a loop's ways, and come back to its head.


def flips(n):
    x, log = 0, []
    for i in range(n):
        x = x + 1
        if i % 8 == 3:
            x = float(x)
        if i % 8 == 6:
            x = int(x)
    log.append(x)
    return log


def float_or_int(n):
    total = 0
    for i in range(n):
        if i & 1:
            total += 0.5
        else:
            total += 1
        if i % 50 == 49:
            total = 0
    return total


def to_big_ints(n):
    x, seen = 1, 0
    for i in range(n):
        x = x * 3 + 1
        if x & 1:
            x += i
        if x > 10 ** 25:
            x = x % 1000 + 1
            seen += 1
    return x, seen


def big_and_back(n):
    x = 7
    for i in range(n):
        if x & 1:
            x = 3 * x + 1
        else:
            x //= 2
        if i % 97 == 50:
            x = x * 2 ** 61 + 1
        if x == 1:
            x = i + 27
    return x


def none_or_object(n):
    best, count = None, 0
    for i in range(n):
        v = i * 7919 % 101
        if best is None or v > best:
            best = v
            count += 1
        if v == 50:
            best = None
    return best, count


def flags(n):
    on, total = False, 0
    for i in range(n):
        if on:
            total += i
        if i % 5 == 0:
            on = not on
        if i % 23 == 7:
            on = total
        if i % 23 == 9:
            on = None
        if i % 23 == 11:
            on = False
    return total, on


def strings(n):
    s, k = "a", 0
    for i in range(n):
        if len(s) > 20:
            s = s[:3]
            k += 1
        if i % 3 == 0:
            s += "b"
        else:
            s = s + chr(97 + i % 26)
        if i % 200 == 150:
            s = "\u00e9" + s
    return s, k


def equal_until_not(n):
    a = b = total = 0
    for i in range(n):
        total += a + b * 2
        a += 1
        b += 1
        if i % 7 == 3:
            b -= 1
        if i % 50 == 40:
            b = a
    return total, a, b


def constant_until_not(n):
    mode, total = 0, 0
    for i in range(n):
        if mode == 0:
            total += 1
        elif mode == 1:
            total += 10
        else:
            total += 100
        if i % 30 == 10:
            mode = 1
        elif i % 30 == 15:
            mode = 2
        elif i % 30 == 20:
            mode = 0
    return total


def swaps(n):
    a, b, c = 1, 2, 3
    for i in range(n):
        a, b = b, a
        if i % 3 == 0:
            a, b, c = c, a, b
        if i % 11 == 5:
            c = c * 0.5
        if i % 11 == 9:
            c = 4
    return a, b, c


def nan_and_infinity(n):
    x, y, k = 1.0, 0.0, 0
    for i in range(n):
        y += x
        if i % 19 == 4:
            x = float("nan")
        elif i % 19 == 5:
            x, y = float("inf"), 0.0
        elif i % 19 == 6:
            x, y = 5e-324, 0.0
        elif i % 19 == 9:
            x, y = -0.0, -0.0
        elif i % 19 == 12:
            x = 1.5
        if y == y:
            k += 1
    return x, y, k


for f in (
    flips, float_or_int, to_big_ints, big_and_back, none_or_object, flags, strings, equal_until_not,
    constant_until_not, swaps, nan_and_infinity,
):
    print(f.__name__, f(800), f(801))
