# Triple loops whose inner trips vary, with values carried between the levels.
def run(n):
    t = 0
    a = 0
    for i in range(n):
        b = a
        for j in range(i % 4):
            c = b + j
            for k in range(j + i % 2):
                c += k * i
                a ^= c
            b = c - k if j else c
        t += a + b
    return t, a, b


print(run(100))


def triangle(n):
    rows = [[1]]
    for i in range(1, n):
        prev = rows[-1]
        row = [1]
        for j in range(len(prev) - 1):
            row.append(prev[j] + prev[j + 1])
        row.append(1)
        rows.append(row)
    return rows


r = triangle(75)
print(r[7], max(r[-1]), sum(map(sum, r)))


def bubble(xs):
    xs = xs[:]
    swaps = 0
    for i in range(len(xs)):
        done = True
        for j in range(len(xs) - 1 - i):
            if xs[j] > xs[j + 1]:
                xs[j], xs[j + 1] = xs[j + 1], xs[j]
                swaps += 1
                done = False
        if done: break
    return xs, swaps, i


print(bubble([i * 37 % 61 for i in range(60)]))
print(bubble([i * 37 % 61 / 2 if i % 9 else i for i in range(40)])[0][:8], bubble(list('the quick brown fox')))


def life(cells, n):
    for _ in range(n):
        count = {}
        for x, y in cells:
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    if dx or dy:
                        k = x + dx, y + dy
                        count[k] = count.get(k, 0) + 1
        cells = {c for c in count if count[c] == 3 or count[c] == 2 and c in cells}
    return sorted(cells)


print(life({(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}, 20))


def floyd(n):
    d = [[(i * 7 + j * 3) % 11 + 1 if i != j else 0 for j in range(n)] for i in range(n)]
    for k in range(n):
        for i in range(n):
            ik = d[i][k]
            for j in range(n):
                if ik + d[k][j] < d[i][j]: d[i][j] = ik + d[k][j]
    return sum(map(sum, d)), d[3]


print(floyd(14))
