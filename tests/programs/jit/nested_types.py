# Nested loops whose inner loop sees other types on each turn of the outer.
def add(xs, n):
    out = []
    for x in xs:
        t = x
        for i in range(n):
            t = t + x
        out.append(t if not isinstance(t, (str, list, tuple)) else len(t))
    return out


print(add([1, 0.5, 'ab', [1], (1, 2), 2 ** 59, True, -0.0, 3], 70))


def compare(rows):
    c = 0
    for row in rows:
        m = row[0]
        for x in row:
            if x > m: m = x
            if x == m: c += 1
        c += len(str(m))
    return c


print(compare([list(range(60)), [i * 0.5 for i in range(60)], ['b%02d' % i for i in range(60)],
               [(i % 7, i) for i in range(60)], [float(i) if i % 2 else i for i in range(60)],
               [2 ** i for i in range(100)]]))


def matrix(a, b):
    n = len(a)
    return [[sum(a[i][k] * b[k][j] for k in range(n)) for j in range(n)] for i in range(n)]


ints = [[i + j for j in range(8)] for i in range(8)]
floats = [[(i - j) / 2 for j in range(8)] for i in range(8)]
mixed = [[i if (i + j) % 3 else j / 4 for j in range(8)] for i in range(8)]
print(matrix(ints, ints)[3], matrix(ints, floats)[2], matrix(mixed, floats)[7], sep='\n')


class A:
    def v(self): return 1
class B(A):
    def v(self): return 2.5
class C:
    v = staticmethod(lambda: 3)
class D:
    def __getattr__(self, name): return lambda: 4


def objects(n):
    t = 0
    for k in (A, B, C, D, A):
        o = k()
        for i in range(n):
            t += o.v()
    for i in range(n):
        for o in (A(), C(), B()):
            t += o.v()
    return t


print(objects(65))


def containers(n):
    t = 0
    for c in ([1, 2, 3], (1, 2, 3), {0: 1, 1: 2, 2: 3}, range(1, 4), b'\1\2\3'):
        for i in range(n):
            t += c[i % 3]
    for c in ([0], {0: 0}):
        for i in range(n):
            c[0] = (c[0] + i) % 256
        t += c[0] * 1000
    return t


print(containers(66))


def steps(n):
    t = 0
    step = 1
    for i in range(n):
        j = 0
        while j < 20:
            j += step
            t += j
        step = (1, 2, 0.75, 2 ** 61, True)[i % 5]
    return t


print(steps(40))
