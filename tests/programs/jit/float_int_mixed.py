# A sum that starts as an int and becomes a float, and operands that take turns.
def total(xs):
    t = 0
    for x in xs:
        t += x
    return t


print(total([1] * 100), total([1] * 100 + [0.5] * 100), total([0.5] * 60 + [2] * 60 + [2 ** 70] + [1.5]))
for k in range(20):
    xs = [i if (i + k) % (k + 2) else i * 0.25 for i in range(60)]
    print(k, total(xs), type(total(xs)).__name__)


def alternate(n):
    x = 1
    out = []
    for i in range(n):
        if i % 4 == 0:
            x = x * 1.5
        elif i % 4 == 2:
            x = int(x) + 1
        else:
            x = x - 1
        if i % 29 == 0:
            out.append(x)
    return out


print(alternate(300))


def compare(n):
    c = 0
    for i in range(n):
        f = i / 2
        if f == i // 2:
            c += 1
        if i < f + 0.5:
            c += 10
        if 3 <= f < 100 <= i:
            c += 100
    return c


print(compare(250))
big = 2 ** 53
print([(big + i == float(big + i), big + i < float(big) + i, 2 ** 70 + i > 2.0 ** 70) for i in range(60)][:4])


def floor(n):
    t = 0
    for i in range(-n, n):
        t += (i * 0.7) // 1 + (i * 0.7) % 3 + i // 0.5 - i % -2.5
    return t


print(floor(80))
