def lcs(a, b):
    t = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a, 1):
        for j, y in enumerate(b, 1): t[i][j] = t[i - 1][j - 1] + 1 if x == y else max(t[i - 1][j], t[i][j - 1])
    i, j, out = len(a), len(b), []
    while i and j:
        if a[i - 1] == b[j - 1]: out.append(a[i - 1]); i -= 1; j -= 1
        elif t[i - 1][j] >= t[i][j - 1]: i -= 1
        else: j -= 1
    return "".join(reversed(out))
def edit(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        prev, row[0] = row[0], i + 1
        for j, y in enumerate(b): prev, row[j + 1] = row[j + 1], min(row[j + 1] + 1, row[j] + 1, prev + (x != y))
    return row[-1]
def knap(items, cap):
    best = [0] * (cap + 1)
    for w, v in items:
        for c in range(cap, w - 1, -1): best[c] = max(best[c], best[c - w] + v)
    return best[cap]
def coins(cs, n):
    ways = [1] + [0] * n
    for c in cs:
        for i in range(c, n + 1): ways[i] += ways[i - c]
    return ways[n]
def lis(a):
    tails = []
    for x in a:
        lo, hi = 0, len(tails)
        while lo < hi:
            m = (lo + hi) // 2
            if tails[m] < x: lo = m + 1
            else: hi = m
        tails[lo:lo + 1] = [x]
    return len(tails)
print(lcs("ABCBDAB", "BDCABA"), edit("kitten", "sitting"), edit("", "abc"), knap([(1, 1), (3, 4), (4, 5), (5, 7)], 7), coins([1, 2, 5, 10, 25], 100), coins([1, 5, 10, 25, 50, 100], 10 ** 4), lis([10, 9, 2, 5, 3, 7, 101, 18]))
def pascal(n):
    row = [1]
    for _ in range(n): yield row; row = [1, *map(sum, zip(row, row[1:])), 1]
for r in pascal(6): print(" ".join(map(str, r)).center(20).rstrip())
def kadane(a):
    best = cur = a[0]
    for x in a[1:]: cur = max(x, cur + x); best = max(best, cur)
    return best
print(kadane([-2, 1, -3, 4, -1, 2, 1, -5, 4]), [sum(1 for _ in range(n)) for n in (0, 3)])
def partitions(n, m=None):
    if n == 0: yield []; return
    for k in range(min(n, m or n), 0, -1):
        for p in partitions(n - k, k): yield [k] + p
print(list(partitions(5)), len(list(partitions(15))))
memo = {}
def cat(n):
    if n not in memo: memo[n] = 1 if n < 2 else sum(cat(i) * cat(n - 1 - i) for i in range(n))
    return memo[n]
print([cat(i) for i in range(12)], cat(60))
