d = {"a": 1, "b": 2, "c": 3}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k), len(v), len(i), "a" in k, 2 in v, ("a", 1) in i, ("a", 2) in i, ("a",) in i)
d["d"] = 4
print(k, list(v), list(i)[-1], sorted(k & {"a", "z"}), sorted(k | {"z"}), sorted(k - {"a"}), sorted(k ^ {"a", "z"}), k == {"a", "b", "c", "d"}, k >= {"a"}, k.isdisjoint({"q"}), sorted(i & {("a", 1), ("b", 0)}), list(reversed(k)), set(k) == set("abcd"))
print(type(k).__name__, type(v).__name__, type(i).__name__, type(iter(k)).__name__, type(iter(v)).__name__, type(iter(i)).__name__, v == v, d.values() == d.values(), {}.keys(), {}.values(), {}.items(), k < {"a", "b", "c", "d", "e"})
for f in (lambda: k[0], lambda: k + k, lambda: hash(k), lambda: v & v, lambda: k & 5, lambda: len(iter(k)), lambda: k.append(1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
try:
    for x in d:
        d[x + "!"] = 0
except RuntimeError as e:
    print(e)
print(len(d))
try:
    for x in d:
        del d[x]
except RuntimeError as e:
    print(e)
try:
    for x, y in d.items():
        d[x] = y
        d.pop("c"); d["cc"] = 1
except (RuntimeError, KeyError) as e:
    print(type(e).__name__, e)
it = iter(d); next(it); d["zzz"] = 1
try:
    next(it)
except RuntimeError as e:
    print(e)
for x in list(d):
    if x.endswith("!"):
        del d[x]
print(d); it = iter({1: 2}); print(next(it), next(it, None), list(it)); print([f"{a}={b}" for a, b in d.items()], {b: a for a, b in d.items()}, *d, sep=" ")
