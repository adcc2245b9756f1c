# Many short-lived objects of every kind in hot loops, some of which survive.
def run(n):
    keep = []
    t = 0
    for i in range(n):
        a = [i, i + 1]
        b = (a, i * 0.5)
        c = {'a': a, 'b': b}
        d = lambda: c['a'][0]
        e = str(i) + 'x'
        t += d() + len(e) + b[1]
        if i % 25 == 0: keep.append((c, d, e))
    return t, len(keep), sum(k[1]() for k in keep), keep[3][2]


print(run(300))


class Node:
    __slots__ = ('value', 'next')
    def __init__(self, value, next): self.value, self.next = value, next


def linked(n):
    head = None
    for i in range(n):
        head = Node(i, head)
        if i % 50 == 49:
            node = head
            for _ in range(10): node = node.next
            node.next = None
    t = c = 0
    while head:
        t += head.value
        c += 1
        head = head.next
    return t, c


print(linked(330))


def cycles(n):
    class C: pass
    t = 0
    for i in range(n):
        a, b = C(), C()
        a.other, b.other = b, a
        a.items = [a, b, i]
        t += b.other.items[2]
    return t


print(cycles(200))


def bigs(n):
    x = 1
    xs = []
    for i in range(n):
        x = x * 3 + i
        if i % 40 == 0: xs.append(x)
        if x > 10 ** 40: x %= 10 ** 9 + 7
    return x, xs


print(bigs(250))


def strings(n):
    out = []
    s = ''
    for i in range(n):
        s = s + chr(97 + i % 26) * 3
        if len(s) > 30:
            out.append(s[::-1])
            s = s[:5]
    return len(out), out[2], out[-1], s


print(strings(200))


def boxes(n):
    xs = []
    x = 1e300
    for i in range(n):
        x = x * 1.01 if x < 1e307 else x * 1e-20
        y = -x
        xs.append((x, y))
        if len(xs) > 20: del xs[:15]
    return len(xs), xs[-1], xs[0]


print(boxes(1500))
