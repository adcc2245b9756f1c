# Output from inside hot loops comes in order, and each effect happens once.
def show(i):
    print('f', i, end=';')
    return i


def run(n):
    for i in range(n):
        if i % 30 == 29:
            print('line', i)
        x = show(i) if i % 20 == 0 else i
    print()
    return x


print(run(90))


class Loud:
    def __init__(self, v): self.v = v
    def __str__(self):
        hits.append(self.v)
        return 'L%d' % self.v
    def __add__(self, o):
        hits.append('+')
        if o == 77: raise OverflowError(o)
        return self.v + o


hits = []


def effects(n):
    l = Loud(3)
    t = 0
    for i in range(n):
        try:
            t += l + i
            t += len(str(l))
        except OverflowError as e:
            print('overflow', e)
    return t, len(hits), hits.count('+')


print(effects(100))


def both(n):
    out = []
    for i in range(n):
        out.append(i)
        if i == 66: out.append(str(2 ** 60 + i) + f'{i / 3:.3f}')
        if len(out) % 40 == 0: print(*out[-3:], sep=',')
    return len(out)


print(both(130))


def once(n):
    calls = 0
    def next_value():
        nonlocal calls
        calls += 1
        return (calls, calls * 1.0, 2 ** 60 + calls, str(calls))[calls % 40 // 10]
    kinds = {}
    for i in range(n):
        v = next_value()
        k = type(v).__name__
        kinds[k] = kinds.get(k, 0) + 1
    return calls, kinds


print(once(200))


def pops(n):
    xs = list(range(n))
    seen = []
    while xs:
        v = xs.pop()
        try:
            seen.append(100 // (v - 50))
        except ZeroDivisionError:
            seen.append('zero')
            print('at', v, len(xs))
    return len(seen), sum(s for s in seen if s != 'zero')


print(pops(120))
import sys
for i in range(80):
    if i % 40 == 39:
        print('err', i, file=sys.stderr)
