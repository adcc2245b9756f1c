# Loops over ranges that are entered anew by other traces: other bounds, other steps, items and lengths out of step.


def nested(n):
    total = 0
    for i in range(n):
        for j in range(i % 9):
            total += i * j
            if j == 5:
                total -= 1
    return total


def steps_vary(n):
    total = 0
    for i in range(n):
        r = range(0, 12)
        if i % 4 == 1:
            r = range(11, -1, -1)
        elif i % 4 == 2:
            r = range(0, 24, 2)
        elif i % 4 == 3:
            r = range(-30, 30, 7)
        for j in r:
            total = (total * 3 + j) % 100003
    return total


def item_changed(n):
    out = 0
    for i in range(n):
        for j in range(10):
            if j == 3:
                j = 100 + i
            elif j == 7:
                j = -1.5
            out += j
    return out


def indices(n):
    xs = list(range(30))
    total = 0
    for i in range(n):
        stop = 5 + i % 24
        for j in range(stop):
            total += xs[j] + xs[j + 1]
            if xs[j] % 9 == 4:
                xs[j + 1] += 1
        if i % 50 == 20:
            xs = xs[:29] + [0, 0]
        if i % 50 == 30:
            xs.append(i)
    return total, len(xs)


def too_short(n):
    xs = list(range(12))
    total = caught = 0
    for i in range(n):
        try:
            for j in range(8 + i % 6):
                total += xs[j]
                if j % 4 == i % 4:
                    total += 1
        except IndexError:
            caught += 1
    return total, caught


def shrinks_inside(n):
    total = caught = 0
    for i in range(n):
        xs = [1] * 20
        try:
            for j in range(20):
                total += xs[j]
                if j == 10 + i % 15:
                    del xs[12:]
                if j % 6 == 1:
                    total += 2
        except IndexError:
            caught += 1
    return total, caught


def bubble(values):
    n = len(values)
    for i in range(n):
        swapped = False
        for j in range(n - 1 - i):
            if values[j] > values[j + 1]:
                values[j], values[j + 1] = values[j + 1], values[j]
                swapped = True
        if not swapped:
            break
    return values


def while_in_for(n):
    count = 0
    for a in range(1, n):
        for b in range(a, min(n, a + 15)):
            c2 = a * a + b * b
            c = b
            while c * c < c2:
                c += 1
            if c * c == c2:
                count += 1
    return count


def for_in_while(n):
    i, total = 0, 0
    while i < n:
        for x in (1, 2.5, 3, "four", 5):
            if x == "four":
                continue
            total += x
        else:
            total += 1
        i += 1
        for x in [i, i + 1]:
            if x % 17 == 0:
                break
        else:
            total -= 0.25
    return total


def letters(n):
    vowels = 0
    for i in range(n):
        for c in "the quick brown fox" if i % 3 else "jumps \u00fcber":
            if c in "aeiou":
                vowels += 1
            elif c == "\u00fc":
                vowels += 1000
    return vowels


print(nested(300), steps_vary(200), item_changed(200), indices(200), too_short(200), shrinks_inside(200))
print(bubble([i * 7919 % 211 for i in range(120)])[:12], while_in_for(150), for_in_while(300), letters(150))
