# Dense matrix product over nested lists, ints and floats.


def matrix(n, seed, scale):
    out = []
    for i in range(n):
        row = []
        for j in range(n):
            seed = (seed * 1103515245 + 12345) % 2147483648
            row.append(seed % 100 * scale)
        out.append(row)
    return out


def multiply(a, b):
    n, m, p = len(a), len(b), len(b[0])
    c = [[0] * p for _ in range(n)]
    for i in range(n):
        row = a[i]
        out = c[i]
        for j in range(p):
            total = 0
            for k in range(m):
                total += row[k] * b[k][j]
            out[j] = total
    return c


def main(n):
    a, b = matrix(n, 42, 1), matrix(n, 7, 1)
    c = multiply(a, b)
    print(c[0][0], c[n // 2][n // 3], sum(map(sum, c)))
    a, b = matrix(n, 3, 0.25), matrix(n, 11, 0.5)
    c = multiply(a, b)
    print(c[0][0], c[n // 2][n // 3], sum(map(sum, c)))


main(230)
