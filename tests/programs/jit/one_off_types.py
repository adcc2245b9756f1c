# A local that has another type on one iteration only.
def run(n, at, odd):
    t = 0
    x = 0
    out = None
    for i in range(n):
        if i == at: x = odd
        try:
            t = t + x
        except TypeError as e:
            out = str(e)
        y = x
        x = i
        if y is odd and y != i - 1: out = (out, i, type(t).__name__)
    return t, out


for odd in (0.5, True, 2 ** 70, 'abc', None, (1,), -0.0, float('inf')):
    print(odd, run(120, 80, odd), run(120, 3, odd), run(120, 119, odd))


def result(n):
    def f(i):
        if i == 70: return None
        if i == 90: return 'xx'
        if i == 100: return 0.25
        return i
    t = 0
    for i in range(n):
        r = f(i)
        if r is None: t += 1000
        elif isinstance(r, str): t += len(r)
        else: t += r
    return t


print(result(120))


def swap_list(n):
    xs = [0] * n
    xs[60] = 1.5
    xs[61] = 2 ** 65
    xs[62] = False
    t = 0
    for x in xs:
        t += x + 1
    return t


print(swap_list(100))


def attr(n):
    class P: pass
    p = P()
    p.v = 1
    t = 0
    for i in range(n):
        if i == 60: p.v = 'q'
        if isinstance(p.v, str): t += len(p.v)
        else: t += p.v
        if i == 61: p.v = 2.5
        if i == 80: p.v = None
        if p.v is None: p.v = 7
    return t


print(attr(100))


def argument(n):
    def f(a, b): return a if a > b else b
    out = []
    for i in range(n):
        a, b = i, n - i
        if i == 70: a = a * 1.0
        if i == 75: a, b = 'a', 'b'
        if i == 77: b = 2 ** 61
        if i == 79: a, b = (1, 2), (1, 3)
        r = f(a, b)
        if i >= 68 and i < 82: out.append(r)
    return out


print(argument(110))


def index(n):
    xs = [10, 20, 30]
    t = 0
    for i in range(n):
        k = i % 3
        if i == 66: k = True
        if i == 70: k = -1
        if i == 72: k = slice(1, 3)
        if i == 74: k = 2 ** 62
        try:
            v = xs[k]
            t += v if isinstance(v, int) else sum(v)
        except IndexError as e:
            t += 100000
    return t


print(index(100))
