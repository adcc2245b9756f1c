# Look-ups of constant keys: where the key was is where it is looked for, and it may be elsewhere.


def get(d, n):
    t = 0
    for i in range(n):
        t += d["b"]
    return t


def put(d, n):
    for i in range(n):
        d["a"] = d["b"] + 1
        d["b"] = d["a"] + 1
    return d


def varied(ds, n):
    t = 0
    for i in range(n):
        d = ds[i % len(ds)]
        t = t * 7 % 1000003 + d["k"]
    return t


def moves(n):
    d = {"a": 1, "k": 2, "z": 3}
    t = 0
    for i in range(n):
        t += d["k"]
        if i % 25 == 24:
            del d["k"]
            d["k"] = i
    return t


def vanishes(n):
    d = {"a": 1, "k": 2}
    out = []
    for i in range(n):
        try:
            d["k"]
        except KeyError as e:
            out.append((i, str(e)))
            d["k"] = i
        if i == n // 2:
            d.clear()
        if i == n // 2 + 9:
            d.pop("k")
    return out


def made(n):
    key = "".join(["k", "e", "y"])
    d = {key: 1}
    t = 0
    for i in range(n):
        t += d["key"]
        d["key"] = t % 11
    return t


def aliases(n):
    a = {"x": 0}
    b = a
    t = 0
    for i in range(n):
        a["x"] = i
        t += b["x"]
        b["x"] += 2
        t += a["x"]
    return t


def through_globals(n):
    g = globals()
    t = 0
    for i in range(n):
        g["level"] = i
        t += level
        g["level"] += 1
        t += level
    return t


level = 0


def subclass(n):
    class D(dict):
        def __missing__(self, k):
            return 9

    class E(dict):
        def __getitem__(self, k):
            return 4

    ds = [{"k": 1}, D(), D(k=2), E(k=3)]
    return varied(ds, n)


def main():
    print(get({"a": 1, "b": 2}, 200), get({"b": 3}, 200), get({"z": 0, "y": 1, "b": 4}, 200))
    print(put({"a": 0, "b": 0}, 200), put({"b": 5}, 3))
    print(varied([{"k": 1}, {"j": 0, "k": 2}, {"k": 3, "l": 1}], 300))
    print(varied([{str(m): m for m in range(n)} | {"k": n} for n in range(12)], 600))
    print(moves(300), vanishes(200), made(150), aliases(200), through_globals(200), subclass(200))


main()
