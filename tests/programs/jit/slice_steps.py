# Slices with steps in hot loops: every kind of bound, steps that change sign or are 0, slices that are kept.


class Three:
    def __index__(self):
        return 3


def parts(items, starts, steps, n):
    total = 0
    for k in range(n):
        start = starts[k % len(starts)]
        step = steps[k % len(steps)]
        try:
            part = items[start::step]
            total += len(part) * (k + 1)
            if part:
                total += part[0] - part[-1]
        except ValueError as e:
            total -= 1
            if k == 40:
                print(e)
    return total


def keep(items, n):
    kept = []
    for k in range(n):
        s = slice(k % 5, None, -1 - k % 3)
        part = items[s]
        if k % 50 == 0:
            kept.append((s, part))
    return kept


def reverse_in_place(n):
    work = list(range(n))
    for k in range(600):
        m = k % (n - 1) + 1
        work[:m + 1] = work[m::-1]
    return work


def main():
    items = list(range(20))
    print(parts(items, [0, 5, -3, 100, -100, None], [1, 2, -1, -2, None], 900))
    print(parts(items, [True, 2, False], [-1], 400))
    print(parts(items, [Three(), 10 ** 30, 7], [-1, 3], 400))
    print(parts(items, [1], [1, 2, 0], 300))
    print(keep(items, 200))
    print(reverse_in_place(9))
    grown = [1]
    for k in range(500):
        grown[1:1] = grown[::-1][:2]
        if len(grown) > 30:
            grown = grown[::3]
    print(grown)


main()
