# Rows shared, swapped and replaced while loops run over columns.
def transpose(n):
    m = [[i * n + j for j in range(n)] for i in range(n)]
    for i in range(n):
        for j in range(i):
            m[i][j], m[j][i] = m[j][i], m[i][j]
    return m


m = transpose(12)
print(m[0], m[11][3], sum(map(sum, m)))


def swap_rows(n):
    m = [[1, 2], [3, 4], [5, 6]]
    for i in range(n):
        a, b = i % 3, (i + 1) % 3
        m[a], m[b] = m[b], m[a]
        m[a][0] += i
        if i % 20 == 19: m[b] = list(m[a])
    return m


print(swap_rows(90))


def shared(n):
    row = [0, 0]
    m = [row, [0, 0], row]
    t = 0
    for i in range(n):
        m[i % 3][i % 2] += 1
        t += m[0][0] * 2 + m[2][1]
        if i == 60: m[0] = [100, 100]
    return t, m, row


print(shared(100))


def ragged(n):
    m = [[] for _ in range(5)]
    e = 0
    for i in range(n):
        m[i % 5].append(i)
        try:
            m[(i + 1) % 5][i // 7] += 1
        except IndexError:
            e += 1
    return e, [len(r) for r in m], m[2][:6]


print(ragged(100))


def sieve(n):
    flags = [True] * n
    for i in range(2, n):
        if flags[i]:
            for j in range(i * i, n, i): flags[j] = False
    flags[100:110] = [0] * 10
    return sum(flags), [i for i in range(n) if flags[i] is True][-5:]


print(sieve(500))


def window(n):
    w = [0, 0, 0]
    t = 0
    for i in range(n):
        w = w[1:] + [i * w[0] % 17 + i]
        t += w[0] - w[-1] + max(w)
    return t, w


print(window(100))


def lcs(a, b):
    d = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            d[i + 1][j + 1] = d[i][j] + 1 if x == y else max(d[i][j + 1], d[i + 1][j])
    return d[-1][-1]


print(lcs('the quick brown fox jumps', 'over the lazy dog and fox'), lcs([1, 2.0, True, 'a'] * 6, [1.0, 2, 'a', 1] * 6))
