d = {"a": 1, "b": 2, 3: "c", None: 0, (1, 2): "t", 1.5: "f"}
print(d, len(d), d["a"], d[3], d[None], d[1, 2], "a" in d, "z" in d, d.get("z"), d.get("z", 5), list(d), list(d.values()), list(d.items()))
d["a"] = 10; d["new"] = 1; del d["b"]; print(d, d.pop("new"), d.pop("zz", "def"), d.setdefault("a", 5), d.setdefault("q", []), d)
print(d.popitem(), d.popitem(), d, {1: "a", 1.0: "b", True: "c"}, {**d, "x": 1}, dict(a=1, b=2), dict([("x", 1), ("y", 2)]), dict({"a": 1}, b=3), dict(), dict(zip("ab", [1, 2])), dict.fromkeys("ab"), dict.fromkeys([1, 2], 0))
e = {"x": 1}; e.update({"y": 2}); e.update(z=3); e.update([("w", 4)]); e.update(); print(e, e | {"x": 9}, {"k": 0} | e); e |= {"n": 1}; e |= [("m", 2)]; print(e, e.copy() == e, e.copy() is e)
print({"a": 1, "b": 2} == {"b": 2, "a": 1}, {1: 2} != {1: 3}, {1: 2} == [1], not {}, bool({0: 0}), {"a": {"b": {"c": 1}}}["a"]["b"]["c"], max({"a": 1, "b": 0}), sorted({"b", "a"}), sum({1: 5, 2: 6}))
for f in (lambda: d["nope"], lambda: d[[]], lambda: {}.popitem(), lambda: {}.pop("a"), lambda: {[]: 1}, lambda: dict(5), lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: dict(["ab", "c"]), lambda: d < d, lambda: d + d, lambda: d | 5, lambda: d.get(), lambda: d.foo, lambda: {}.update(5), lambda: {}[{}], lambda: d(), lambda: {}[1.5], lambda: {}["it's"], lambda: {}[(1, "a")], lambda: d.pop(), lambda: d.setdefault([]), lambda: [] in d, lambda: hash({}), lambda: dict(1, 2), lambda: {**5}, lambda: {}.fromkeys(5), lambda: {set(): 1}):
    try:
        print(f())
    except Exception as x:
        print(type(x).__name__, x)
try:
    del d["nope"]
except KeyError as x:
    print(repr(x), x.args)
d.clear(); print(d, d.__len__(), {}.__contains__(1), {1: 2}.__getitem__(1), list(reversed({1: 2, 3: 4})), list(reversed({1: 2, 3: 4}.items())), {"a": 1}.items() == {"a": 1}.items())
x = {}; x["self"] = x; print(x, str({"a": "it's", 'b': "\n"}), repr({1: {2: {3: {}}}}))
