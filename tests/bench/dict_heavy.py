# Inserts, look-ups, deletions and merges with int, str and tuple keys.


def ints(n):
    d = {}
    for i in range(n):
        d[i * 7919 % n] = i
    hits = 0
    for i in range(0, 2 * n, 3):
        if i in d:
            hits += d[i]
    for i in range(0, n, 2):
        del d[i]
    return len(d), hits, sum(d.values())


def strings(n):
    d = {}
    for i in range(n):
        key = "key%d" % (i % 5000)
        d[key] = d.get(key, 0) + i
    return len(d), max(d.items(), key=lambda kv: kv[1])


def grid(n):
    cells = {}
    for x in range(n):
        for y in range(n):
            cells[x, y] = x ^ y
    total = 0
    for (x, y), v in cells.items():
        for dx, dy in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            total += cells.get((x + dx, y + dy), v)
    return len(cells), total


def groups(n):
    by = {}
    for i in range(n):
        by.setdefault(i * i % 101, []).append(i)
    merged = {}
    for k, v in by.items():
        merged.update({k % 10: len(v)})
        merged = {**merged, ("k", k): sum(v)}
    return len(by), len(merged), sorted(len(v) for v in by.values())[:3]


def sets(n):
    a = {i * 3 for i in range(n)}
    b = {i * 5 for i in range(n)}
    c = a & b
    d = a | b
    e = a ^ b
    return len(c), len(d), len(e), sum(1 for x in c if x + 15 in c)


def main():
    print(ints(1000000))
    print(strings(2000000))
    print(grid(550))
    print(groups(500000))
    print(sets(600000))


main()
