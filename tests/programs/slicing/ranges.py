r = range(0, 20, 3)
print(r, list(r), len(r), r[2], r[-1], r[1:4], r[::-1], list(r[::-1]), 9 in r, 10 in r, r.index(9), r.count(9), r.count(10), r.start, r.stop, r.step)
print(range(5), range(2, 5), range(5, 0, -1), list(range(5, 0, -2)), list(range(0)), list(range(3, 1)), list(range(-3)), len(range(0, -10, -3)), bool(range(0)), bool(range(1)), range(3) == range(0, 3, 1), range(0) == range(5, 2), hash(range(3)) == hash(range(0, 3)), range(0, 3, 2) == range(0, 4, 2))
print(list(reversed(range(5))), list(reversed(range(0, 10, 3))), sum(range(101)), max(range(5)), min(range(5, 0, -1)), 3.0 in range(5), "a" in range(5), 2.5 in range(5), True in range(2), [*range(3)], tuple(range(2)), range(10)[2:8][1:3], range(10)[-3:], range(10)[::-2], range(0, 10, 2).index(4))
for f in (lambda: range(), lambda: range(1, 2, 0), lambda: range(1.0), lambda: range("a"), lambda: range(3)[3], lambda: range(3)[-4], lambda: range(3).index(5), lambda: range(1, 2, 3, 4), lambda: range(3)["a"], lambda: range(3) + range(2), lambda: range(3).index("a"), lambda: range(3) < range(4), lambda: range(stop=3), lambda: range(None)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
try:
    range(3)[0] = 1
except TypeError as e:
    print(e)
try:
    r.start = 5
except AttributeError as e:
    print(e)
big = range(10 ** 20, 10 ** 20 + 5)
print(list(big), big[2], 10 ** 20 + 3 in big, big[-1], list(big[::-2]), range(-2 ** 70, 2 ** 70, 2 ** 69)[1], list(range(2 ** 62, 2 ** 62 + 3)), list(range(2 ** 63 - 2, 2 ** 63 + 1)))
it = iter(range(3)); print(next(it), list(it), list(it), type(it).__name__, next(it, "x"))
for i in range(3):
    i *= 10; print(i, end=" ")
print(i)
