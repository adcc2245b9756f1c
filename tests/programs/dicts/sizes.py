# Dicts grow through the sizes where their index changes; entries deleted on the way.
def run(n):
    d = {}
    for i in range(n):
        d[i * 7] = i
    assert all(d[i * 7] == i for i in range(n))
    assert not any(i * 7 + 1 in d for i in range(n))
    for i in range(0, n, 3):
        del d[i * 7]
    for i in range(n):
        assert (i * 7 in d) == (i % 3 != 0)
    for i in range(n, n + n // 2):
        d[i * 7] = i
    e = d.copy()
    while len(e) > 2:
        e.popitem()
    e[-1] = 0
    return len(d), sum(d.values()), list(d)[:3], list(d.items())[-1], list(e)

for n in (4, 5, 6, 10, 11, 84, 85, 86, 169, 170, 171, 172, 300, 2000):
    print(n, run(n))

s = {}
for i in range(500):
    s[f"name{i}"] = i
    if i % 5 == 0:
        del s[f"name{i // 2}"]
        s[f"name{i // 2}"] = -i
print(len(s), sum(s.values()), list(s)[-3:])
a, b = {i: i for i in range(400)}, {1: 2}
a.update(b)
print(len(a), a[1], len({**a, **{f"x{i}": i for i in range(200)}}))
a.clear()
a["again"] = 1
print(a, dict.fromkeys(range(171)) == {i: None for i in range(171)})
for n in (43690, 43691, 70000):
    many = dict(zip(range(n), range(n)))
    many[n] = many.pop(n // 2)
    print(len(many), many[n - 1], many[n], n // 2 in many, sum(many.values()))
