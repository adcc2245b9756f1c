# Loops whose hot iterations do what recorders give up on: imports, class statements, del, star calls, globals().
import math as m


def run(n):
    t = 0
    for i in range(n):
        import math
        from math import floor as fl
        t += math.ceil(i / 3) + fl(i / 2) + m.gcd(i, 12)
    return t


print(run(80))


def statements(n):
    t = 0
    for i in range(n):
        class A: v = i
        del A.v
        A.v = i
        assert A.v == i, 'never'
        x = [i]
        del x[0], x
        g = globals()
        l = locals()
        t += A.v + l['i'] + ('run' in g)
        print(end='')
    return t, sorted(l)


print(statements(70))


def asserts(n):
    c = 0
    for i in range(n):
        try:
            assert i % 10 != 9, i
        except AssertionError as e:
            c += e.args[0]
    return c


print(asserts(90))


def dynamic(n):
    class P: pass
    p = P()
    t = 0
    for i in range(n):
        name = 'a%d' % (i % 5)
        setattr(p, name, getattr(p, name, 0) + i)
        if i % 20 == 19: delattr(p, name)
        t += hasattr(p, 'a4') + len(vars(p)) + len(dir(p)) % 2 * 0
        t += type(name)(i) != i
        t += isinstance(p, (int, P)) + issubclass(P, object) + callable(P) + callable(p)
    return t


print(dynamic(90))


def big_literals(n):
    t = 0
    for i in range(n):
        t += 123456789012345678901234567890 % (i + 1) + 0x1fffffffffffffff - 2305843009213693951 + 1e3
        x = [1, 2, 3, i, [4, (5, {6})]]
        y = {**{'a': x}, 'b': 2}
        z = [*x, *y, *range(i % 3)]
        t += len(z) + (not y) + x[4][1][0]
    return t


print(big_literals(70))


def long_body(n):
    a = 0
    for i in range(n):
        a += 1; a ^= i; a += 2; a ^= i; a += 3; a ^= i; a += 4; a ^= i; a += 5; a ^= i; a += 6; a ^= i
        b = [a, a + 1, a + 2, a + 3, a + 4, a + 5]; c = {j: j * a for j in b}; d = str(a) + str(b) + str(len(c))
        a += len(d); e = tuple(b); f = set(e); a += len(f) + max(b) - min(e); g = sorted(b, reverse=True)
        a += g[0] - g[-1]; h = '-'.join(map(str, b)); a += h.count('-'); a %= 10007
    return a


print(long_body(90))


def recursion_in_loop(n):
    def walk(k): return 0 if k <= 0 else 1 + walk(k - 2)
    t = 0
    for i in range(n):
        t += walk(i % 9)
        for j in walk, lambda k: k: t += j(3)
    return t


print(recursion_in_loop(80))
