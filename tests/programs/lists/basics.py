a = [1, "two", 3.0, None, [4]]
print(a, len(a), a[0], a[-1], a[4][0], a[1:3], a[::-1], a * 2, a + [5], [] + [], [0] * 3, 3 * [1])
a.append(6); a.extend((7, 8)); a.extend("ab"); a.insert(0, "first"); a.insert(100, "last"); a.insert(-1, "pen")
print(a, a.index("a"), a.count(7), a.pop(), a.pop(0), a.pop(-2), a)
a.remove("a"); a.reverse()
print(a, 3.0 in a, 99 in a, 99 not in a)
b = a.copy(); b.clear()
print(b, a == a[:], a is a[:], [1, 2] < [1, 3], [1] < [1, 0], [] < [1], [1, 2] == [1, 2.0], [1] != [2])
a += [1]; c = a; c += (2,); print(a is c, a[-2:])
a *= 2; print(len(a)); a[:] = [1, 2, 3]; print(a, c)
del a[0]; print(a); del a[-1:]; print(a); a[0] += 5; print(a, list("abc"), list(), list((1, 2)), list({1: 2}), list(range(3)), list(b"ab"))
x = [1, 2, 3]
for f in (lambda: x[3], lambda: x[-4], lambda: x["a"], lambda: x[1.5], lambda: x.pop(5), lambda: [].pop(), lambda: x.remove(9), lambda: x.index(9), lambda: x.index(1, 1), lambda: x + (1,), lambda: x * 1.5, lambda: x.append(), lambda: x.append(1, 2), lambda: x.insert(1), lambda: x.extend(5), lambda: list(5), lambda: x.nope, lambda: x(), lambda: -x, lambda: x - x, lambda: list(1, 2), lambda: x.pop("a"), lambda: hash(x), lambda: {x: 1}, lambda: x.sort(1), lambda: x.index(), lambda: "a" + x, lambda: x + "a"):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def setbad(i, v):
    x[i] = v
for i in (3, -4, "a", 1.0, None):
    try:
        setbad(i, 0)
    except (IndexError, TypeError) as e:
        print(e)
try:
    del x[10]
except IndexError as e:
    print(e)
print(x.__contains__(1), x.__getitem__(0), x.__len__(), x.__eq__([1, 2, 3]), x.__lt__(5), x.__add__([4]), list.append(x, 4), x, [].__class__)
