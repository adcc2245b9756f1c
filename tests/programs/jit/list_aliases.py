# Two names for one list: a store through one is seen through the other.
def run(n):
    a = [0] * 8
    b = a
    c = list(a)
    t = 0
    for i in range(n):
        a[i % 8] = i
        t += b[i % 8] * 2 - c[i % 8]
        b[(i + 1) % 8] = a[i % 8] + 1
        t += a[(i + 1) % 8]
        if i == 100: b = c
        if i == 150: c = a
    return t, a, b, c is a


print(run(200))


def nested(n):
    row = [0] * 3
    m = [row] * 3
    k = [[0] * 3 for _ in range(3)]
    for i in range(n):
        m[i % 3][i // 3 % 3] += i
        k[i % 3][i // 3 % 3] += i
    return m, k


print(nested(90))


class H:
    def __init__(self, xs): self.xs = xs


def attributes(n):
    xs = [1, 2, 3]
    p, q = H(xs), H(xs)
    t = 0
    for i in range(n):
        p.xs[i % 3] += q.xs[(i + 1) % 3] % 7
        t += q.xs[i % 3]
        if i == 80: q.xs = p.xs[:]
        if i == 120: p = q
    return t, p.xs, q.xs, xs


print(attributes(160))


def itself(n):
    xs = [0]
    xs[0] = xs
    d = 0
    for i in range(n):
        d += xs[0][0][0] is xs
        xs[0] = xs if i % 2 else [xs]
        d += len(xs[0])
        xs[0] = xs
    return d


print(itself(80))


def swap(n):
    a, b = [1, 2], [3, 4]
    for i in range(n):
        a, b = b, a
        a[0] += 1
        a[0], a[1] = a[1], a[0]
    return a, b


print(swap(101))


def parameter(xs, ys, n):
    t = 0
    for i in range(n):
        x = xs[0]
        ys[0] = x + 1
        t += xs[0] - x
    return t


z = [0]
print(parameter(z, z, 90), parameter(z, [5], 90), parameter([2 ** 60 - 50], z, 90), z)
