# What ranges prove must hold at every border: division by constants, items of ranges, indices checked before loops.


def divide(a):
    total = 0
    for x in a:
        total += x // 10 + x % 10 + x // 8 + x % 8 + x // 7 - x % 7
        total ^= x // 1000003 ^ x % 1000003 ^ x // 1 ^ x % 1
    return total


def divisors(x, n):
    out = []
    while n > 0:
        out.append((x // 3, x % 3, x // 5, x % 5, x // 12, x % 12, x // 641, x % 641, x // (1 << 59), x % (1 << 59)))
        x = x - 1
        n = n - 1
    return out[-1], sum(map(sum, out))


def walk(a, start, stop, step):
    total = 0
    for i in range(start, stop, step):
        total = total * 3 + a[i] & 0xffffff
    return total


def walk_next(a, n):
    total = 0
    for i in range(n):
        total += a[i + 1] - a[i] + a[i - 1]
    return total


def count_up(a, i, n):
    total = 0
    while i < n:
        total += a[i]
        i += 1
    return total


def too_far(a, n):
    seen = 0
    try:
        for i in range(n):
            seen += a[i]
    except IndexError:
        return 'index', seen
    return 'end', seen


def stops_early(a, n):
    for i in range(n):
        if a[i] < 0:
            return i
    return None


def borders(start, n):
    i = start
    top = i
    try:
        while n > 0:
            i = i + 1
            top = i if i > top else top
            n = n - 1
    finally:
        top = top & 0xfff
    return i, top


def masks(x, n):
    total = 0
    while n > 0:
        x = (x * 3 + 1) & 0xffff
        y = x & 0xfffff
        if y >= 0:
            total += y + (x >> 3) - (x & 7)
        if x > 0xffff:
            total = -1
        n -= 1
    return total


def product(x, y, n):
    hits = 0
    while n > 0:
        if x * y <= 0xfffffffffffffff:
            hits += 1
        x = x + 1
        n = n - 1
    return hits


def far_range(n):
    last = 0
    big = 1 << 59
    for k in range(n):
        for i in range(-big, big, big // 7 - 1):
            last = i + k
    return last


def shrinking(a, n):
    out = 0
    for i in range(n):
        if i < len(a):
            out += a[i]
        if i % 9 == 8:
            a.pop()
    return out, len(a)


def main():
    edge = [(1 << k) + d for k in range(0, 61, 5) for d in (-1, 0, 1)]
    numbers = edge + [-x for x in edge] + list(range(-200, 200))
    print(divide(numbers * 3))
    for x in (100, 30, (1 << 60) - 1, -(1 << 60) + 150):
        print(divisors(x, 130))
    a = list(range(7, 307))
    print(walk(a, 0, 300, 1), walk(a, 299, -1, -1), walk(a, 0, 300, 7), walk(a, 297, 2, -3), walk(a, -300, 300, 1))
    print(walk_next(a, 299), walk_next(a, 200))
    print(count_up(a, 0, 300), count_up(a, -300, 300), count_up(a, -20, 150))
    print(too_far(a, 300), too_far(a, 301), too_far(a, 100000), too_far(a[:90], 100))
    b = a + [-1] + a
    for _ in range(60):
        found = stops_early(b, 100000)
    print(found, stops_early(b, 10), stops_early(a, 300))
    top = (1 << 60) - 1
    print(borders(0, 500), borders(top - 100, 300), borders(-top - 50, 300))
    print(masks(1, 500), masks(-99, 500))
    print(product(1 << 30, (1 << 30) - 100, 300), product(3, 5, 100), product(-(1 << 59), 5, 100))
    print(far_range(40))
    print(shrinking(list(range(100)), 300))


main()
