# Lookups that guest code compares: how a probe walks depends on the hashes of strs, what is shown does not.
class Key:
    def __init__(self, name):
        self.name = name
    def __hash__(self):
        return hash(self.name)
    def __eq__(self, other):
        return isinstance(other, Key) and self.name == other.name

names = [f"name{i}" for i in range(60)]
for n in (1, 3, 5, 10, 20, 40, 60):
    d = {Key(s): i for i, s in enumerate(names[:n])}
    s = {Key(x) for x in names[:n]}
    print(n, sum(d[Key(x)] for x in names[:n]), sum(Key(x) in s for x in names), sum(Key(x) in d for x in names))

def f(**kw):
    return sorted(kw)

for name in names[:20]:
    try:
        f(**{name: 1}, **{name: 2})
    except TypeError as e:
        print(e)

# The same hash, never equal: each is compared.
class Same:
    count = 0
    def __init__(self, h):
        self.h = h
    def __hash__(self):
        return self.h
    def __eq__(self, other):
        Same.count += 1
        return self is other

for h in (0, 1, 42, 1 << 20, (1 << 29) - 3):
    d = {Same(h): i for i in range(6)}
    s = set(list(d))
    print(h, len(d), len(s), Same.count)
    Same.count = 0
    print(Same(h) in d, Same.count, Same(h) in s)
    Same.count = 0

big = {f"k{i}" for i in range(5000)}
other = set(big)
other.discard("k77")
other.add("other")
print([big] == [other], [big] == [set(big)], [other] != [big])
