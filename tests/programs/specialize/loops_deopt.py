def sumsq(seq):
    t = 0
    for x in seq:
        if x is None: continue
        t += x * x
    return t
print(sumsq(range(1000)), sumsq([1.5] * 10), sumsq([1, None, 2.5, 10 ** 12, True]), sumsq([]))
def find(seq, pred):
    for i, x in enumerate(seq):
        if pred(x): return i
    else: return -1
print([find(s, p) for s, p in ((range(500), lambda x: x > 400), ("abc", str.isdigit), ([1, "a", None], lambda x: x is None), ({}, bool))])
def nested(n):
    c = 0
    for i in range(n):
        for j in range(i, n):
            if (i + j) % 3 == 0: continue
            if j - i > 10: break
            c += i ^ j
    return c
print(nested(60)); l = list(range(100)); i = 0
while i < len(l):
    if l[i] % 3 == 0: del l[i]
    elif l[i] % 5 == 0: l[i] = str(l[i]); i += 1
    else: i += 1
print(l); r = []
for k in range(300):
    try:
        if k % 100 == 50: raise ValueError(k)
        if k % 100 == 75: [][k]
        if k == 299: {}["end"]
    except ValueError as e: r.append(("V", e.args[0]))
    except LookupError as e: r.append((type(e).__name__, k))
print(r); d = {}
for i in range(2000):
    key = i % 50 if i < 1000 else str(i % 50) if i < 1500 else (i % 50,)
    d[key] = d.get(key, 0) + 1
print(len(d), d[7], d["7"], d[(7,)]); s = ""
for i in range(400): s += chr(97 + i % 26) if i < 390 else "é" if i < 395 else "😀"
print(len(s), s[385:], s.count("a")); it = iter(range(1000)); n = 0
for x in it:
    n += x
    if x % 10 == 0: next(it, None)
print(n); fl = 0.0
for i in range(1, 1000): fl += 1 / i if i % 2 else -1 / i
print(fl); b = 0
for i in range(500): b |= 1 << (i % 80)
print(b, b.bit_count()); m = [[(i * j) % 7 for j in range(20)] for i in range(20)]; print(sum(m[i][j] * m[j][i] for i in range(20) for j in range(20)), sum(map(sum, m)), max(map(max, m)))
