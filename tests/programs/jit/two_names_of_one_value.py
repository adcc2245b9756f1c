# A variable takes the value of one that the loop leaves alone: for some iterations they are the same, and the loop may be entered
# again when they are not.


def flags(n, a, b, c, d):
    on, total = False, 0
    for i in range(n):
        if on:
            total += i
        if i % 5 == a:
            on = not on
        if i % 23 == b:
            on = total
        if i % 23 == c:
            on = None
        if i % 23 == d:
            on = False
    return total, on


def kept(n, at, other):
    was, now, hits = 1, 1, 0
    for i in range(n):
        if was == 1:
            hits += now
        if i % 7 == at:
            now += 1
        if i % 7 == other:
            was = 1
        else:
            was = now
    return was, now, hits


def nothing(n, at):
    best, last, count = None, None, 0
    for i in range(n):
        if best is None:
            count += 1
        if i % 11 == at:
            last = i
        if i % 11 == at + 3:
            last = None
        best = last
        if i % 13 == at:
            best = 5
    return best, last, count


for b in range(0, 23, 2):
    print(flags(60, 0, b, (b + 2) % 23, (b + 4) % 23), flags(140, b % 5, b, (b + 1) % 23, (b + 5) % 23))
for at in range(7):
    print([kept(80, at, other) for other in range(7)], nothing(100, at))
