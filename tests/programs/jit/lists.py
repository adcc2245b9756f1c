# Lists that alias and change while iterated.
def alias(n):
    a = [0, 1, 2, 3]; b = a
    for i in range(n):
        a[i % 4] = b[(i + 1) % 4] + 1
        b[(i + 2) % 4] = a[i % 4] - 1
    return a
print(alias(301))
def grow():
    l = [1]
    for x in l:
        if len(l) < 300: l.append(x + 1)
    return len(l), l[-1]
print(grow())
def shrink():
    l = list(range(400)); seen = 0
    for x in l:
        seen += x
        if x % 3 == 0: l.pop()
    return seen, len(l)
print(shrink())
def neg(n):
    l = list(range(10)); t = 0
    for i in range(n):
        t += l[-1 - i % 10] * i
        l[-(i % 5) - 1] = i
    return t, l
print(neg(300))
def err(n):
    l = [1, 2, 3]; out = []
    for i in range(n):
        try: out.append(l[i % 5])
        except IndexError as e: out.append(str(e))
    return out[-7:]
print(err(203))
def types(n):
    l = [1, 2.5, 'a', None, (1, 2), True]; c = {}
    for i in range(n):
        v = l[i % 6]
        k = type(v).__name__
        c[k] = c.get(k, 0) + 1
        if isinstance(v, int): c['i'] = c.get('i', 0) + v
    return sorted(c.items())
print(types(302))
def swap(n):
    a, b, c = 1, 2.0, 'x'
    for i in range(n):
        a, b, c = b, c, a
    return a, b, c
print(swap(301))
def nested(n):
    t = 0
    for i in range(n):
        j = i
        while j > 0:
            j //= 2
            for k in (1, 2, 3):
                if k == 2: continue
                t += k * j
            else:
                t += 1
    return t
print(nested(100))
def twice(n):
    r = []
    for i in range(n):
        k = 0
        while True:
            k += 1
            if k == 2: break
        r.append(k)
    return sum(r)
print(twice(300))
def d(n):
    m = {}
    for i in range(n):
        m[i % 7] = m.get(i % 7, 0) + i
        if i % 5 in m: m[i % 5] += 1
        for k in m: pass
        for k, v in m.items():
            if v < 0: return None
    return m
print(d(200))
def strs(n):
    s = ''; c = 0
    for i in range(n):
        s += chr(97 + i % 26)
        if s[-1] == 'z': c += 1
        if s[i] < 'm': c += 2
    return len(s), c
print(strs(300))
