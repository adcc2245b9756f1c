# Tuples sort by their first items where those differ, else by the rest; strs that share a long beginning.
def check(items, **kw):
    a = sorted(items, **kw)
    b = list(items)
    b.sort(**kw)
    assert a == b
    return a

print(check([(3, "b"), (1, "z"), (3, "a"), (2, "q"), (1, "a")]))
print(check([(3, "b"), (1, "z"), (3, "a"), (2, "q"), (1, "a")], reverse=True))
print(check([("same beginning b", 2), ("same beginning a", 3), ("same", 9), ("same beginning a", 1)]))
print(check([("", 1), ("\0", 0), ("", 0), ("é", 1), ("z", 5), ("\U0001f600", 1)]))
print(check([(0.0, 2), (-0.0, 1), (1.5, 0), (-2.5, 4), (float("-inf"), 1), (float("inf"), 0)]))
print(check([(True, 2), (0, 3), (1, 1), (False, 1)]))
print(check([(2 ** 70, 1), (-2 ** 70, 2), (2 ** 70, 0), (5, 5)]))
print(check([(1, 2.0), (1, 1), (0.5, 3), (2, 0)]))
print(check([(), (1,), (0, 1), (), (0,)]))
print(check([[3, 1], [2, 2], [3, 0]]), check([((1, 2), 3), ((1, 1), 9), ((0, 5), 1)]))
nan = float("nan")
print(check([(1, nan), (1, nan)]) == [(1, nan), (1, nan)], len(check([(nan, 1), (2, 0), (nan, 0)])))

stable = [(i % 3, str(i)) for i in range(20)]
print([s for _, s in sorted(stable, key=lambda t: t[0])])
print([s for _, s in sorted(stable, key=lambda t: (t[0],), reverse=True)])
print(sorted(range(12), key=lambda n: (-(n % 4), n)), sorted("bca", key=lambda c: (c,)))

for bad in ([(1, "a"), (1, 2)], [(1, None), (1, None), (1, 3)], [("a", 1), (2, 1)], [(1,), 2]):
    try:
        print(sorted(bad))
    except TypeError as e:
        print(e)
print(sorted([(1, "a"), (2, None), (0, 5)]))

class Odd:
    def __init__(self, n):
        self.n = n
    def __lt__(self, other):
        return self.n > other.n
    def __eq__(self, other):
        return self.n == other.n
    def __repr__(self):
        return f"Odd({self.n})"

print(sorted([(1, Odd(1)), (1, Odd(3)), (0, Odd(2)), (1, Odd(2))]))
seed = 7
many = []
for i in range(3000):
    seed = seed * 1103515245 + 12345 & 0x7FFFFFFF
    many.append((seed >> 8 & 15, "k%d" % (seed >> 16 & 63), i))
done = sorted(many)
print(all(done[i] < done[i + 1] for i in range(len(done) - 1)), done[0], done[-1])
done = sorted(many, key=lambda t: (t[1], -t[0]))
print(done[0], done[1500], done[-1])
