a = [5, 2, 9, -1, 2, 0]
a.sort(); print(a); a.sort(reverse=True); print(a)
print(sorted("banana"), sorted({3, 1, 2}), sorted({"b": 1, "a": 2}), sorted([(1, "b"), (1, "a"), (0, "z")]), sorted([[2], [1, 5], [1]]), sorted([]), sorted([1]))
w = ["banana", "Apple", "cherry", "date", "Fig", "apple"]
print(sorted(w), sorted(w, key=str.lower), sorted(w, key=len), sorted(w, key=len, reverse=True), sorted(w, key=lambda s: (len(s), s)), sorted(w, key=None))
print(sorted([3, 1.5, True, 2, False, -0.5]), sorted([1, 1.0, True], reverse=True), sorted([0.0, -0.0, 0]))
data = [(i * 7919 % 101, i) for i in range(200)]
s = sorted(data, key=lambda p: p[0])
print(all(s[i][0] < s[i + 1][0] or s[i][1] < s[i + 1][1] for i in range(199)), s[:4], s[-3:])
r = sorted(data, key=lambda p: p[0], reverse=True)
print(all(r[i][0] > r[i + 1][0] or r[i][1] < r[i + 1][1] for i in range(199)), r[:4])
class K:
    n = 0
    def __init__(self, v):
        self.v = v
    def __lt__(self, o):
        K.n += 1
        return self.v < o.v
    def __repr__(self):
        return f"K{self.v}"
ks = [K(i) for i in (3, 1, 2)]
print(sorted(ks), K.n > 0, max(ks, key=lambda k: k.v), [k.v for k in sorted(ks, reverse=True)])
for bad in ([1, "a"], [None, 1], [{}, {}], [object(), object()] and [[], ()]):
    try:
        sorted(bad)
    except TypeError as e:
        print(e)
x = [3, 1, 2]
try:
    x.sort(key=lambda v: 1 / (v - 1))
except ZeroDivisionError as e:
    print(e, sorted(x))
def mutate(v):
    x.append(99)
    return v
try:
    x.sort(key=mutate)
except ValueError as e:
    print(e)
print(x, x.sort(), sorted(x, key=lambda v: -v))
try:
    sorted(5)
except TypeError as e:
    print(e)
try:
    sorted([1], lambda v: v)
except TypeError as e:
    print(e)
try:
    [2, 1].sort(key=5)
except TypeError as e:
    print(e)
def order_cmp(a, b):
    return (a > b) - (a < b)
n = [(7 * i + 3) % 50 for i in range(50)]
n.sort(key=lambda v: (v % 5, -v)); print(n)
