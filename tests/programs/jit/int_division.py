# Floor division and modulo of every mix of signs, and their borders.
def table(n):
    t = []
    for a in range(-n, n + 1):
        for b in (-4, -3, -1, 1, 3, 4):
            q, r = a // b, a % b
            if q * b + r != a or (r != 0 and (r < 0) != (b < 0)) or divmod(a, b) != (q, r):
                t.append(('wrong', a, b, q, r))
            t.append(q * 10 + r)
    return t


print(table(9))
print(sum(table(60)))


def border(xs, ds):
    out = []
    for _ in range(6):
        out = []
        for x in xs:
            for d in ds:
                out.append((x // d, x % d))
    return out


print(border([2 ** 60, -2 ** 60, 2 ** 60 - 1, -2 ** 60 - 1, 2 ** 63, -2 ** 63], [-1, 1, 2, -2, 2 ** 60, -2 ** 60]))


def zero(n):
    kinds = {}
    for i in range(n):
        d = i % 5
        for what in ('//', '%', '/', 'divmod'):
            try:
                if what == '//':
                    i // d
                elif what == '%':
                    i % d
                elif what == '/':
                    i / d
                else:
                    divmod(i, d)
            except ZeroDivisionError as e:
                key = (what, str(e))
                kinds[key] = kinds.get(key, 0) + 1
    return sorted(kinds.items())


print(zero(100))


def true_division(n):
    t = 0.0
    for i in range(1, n):
        t += (n - i) / i - i / n
    return t


print(true_division(300))
print([(2 ** 61 + i) / (2 ** 60 - i) for i in range(50)][::10])
