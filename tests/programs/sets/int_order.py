# CPython's table sizes, growth and probing decide the order in which ints print.
def S(*items):
    return set(items)
print(S(3, 1, 2), S(10, 5, 1), S(8, 0, 16), S(7, 15, 23, 31), S(100, 50, 25, 12), S(-1, -2, 0, 1), S(1000, 1, 64, 32))
print(set(range(10)), set(range(10, 0, -1)), set(range(0, 100, 10)), set([i * i for i in range(12)]))
s = set()
for i in (33, 1, 65, 97, 2, 34, 5, 9, 41, 73):
    s.add(i); print(s)
for i in (1, 33, 9):
    s.discard(i); print(s)
s.add(129); print(s)
print({x % 37 * 11 for x in range(30)}, S(1, 2, 3) | S(100, 200), S(5, 6, 7, 8, 9) & S(9, 7, 5), S(64, 32, 96) - S(32), S(1, 2) ^ S(2, 17, 33))
print(frozenset([40, 8, 16, 24]), set([40, 8, 16, 24]), {True, 2, 0}, {0.5, 1, 2.0}, list(S(30, 20, 10)), sorted(S(30, 20, 10)), S(2 ** 31, 1, 2 ** 20), set({9: 1, 1: 2}))
t = set(range(50))
for i in range(0, 50, 3): t.remove(i)
print(t, len(t)); t |= set(range(100, 110)); print(t)
print(set(t) == t, [x for x in S(70, 7, 14)], t.copy() == t, {t2 for t2 in (5, 3, 8, 1)}, set(reversed(range(6))), S(-5, -3, 4, 8), {1.5, 2.5, -0.5} == {2.5, 1.5, -0.5})
u = S(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
while len(u) > 3: print(u.pop(), end=" ")
print(u); u.update(range(60, 50, -1)); print(u)
