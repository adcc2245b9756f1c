a = [1, 2, 3, 4]
out = []
for x in a:
    out.append(x)
    if x < 10 and len(a) < 8:
        a.append(x * 10)
print(out, a)
a = [1, 2, 3, 4, 5]
for x in a:
    if x % 2:
        a.remove(x)
print(a)
a = list(range(6)); seen = []
for x in a:
    seen.append(x); a.pop()
print(seen, a)
a = [1, 2, 3]; it = iter(a)
next(it); a.clear(); print(list(it)); a.extend([1, 2, 3]); print(list(it))
a = [1, 2, 3, 4]
r = reversed(a); next(r); a.append(5); print(list(r)); r = reversed(a); a.clear(); print(list(r))
a = [3, 2, 1]
for i, x in enumerate(a):
    a[i] = x * 2
print(a)
b = a
a = a + [1]; print(b, a); b += [9]; print(b)
class Evil:
    def __init__(self, l):
        self.l = l
    def __eq__(self, o):
        self.l.clear()
        return False
l = []
l.extend([Evil(l), 1, 2])
print(5 in l, len(l))
l = []; l.extend([Evil(l), Evil(l), 3]); print(l.count(3), len(l))
l = [1, 2, 3]; l[1:2] = l; print(l); l[:] = reversed(l); print(l); l.extend(l); print(l); l.extend(x + 1 for x in l[:2]); print(l)
l[len(l):] = [0]; l[0:0] = "ab"; print(l)
try:
    del l[100:], l[:2], l[0], l[999]
except IndexError as e:
    print(e, l)
