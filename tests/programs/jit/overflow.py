# Small ints that grow past a word inside hot loops, and come back.
def grow(n):
    x = 1
    seen = []
    for i in range(n):
        x = x * 3 + 1
        if i % 25 == 0:
            seen.append(x)
        if x > 10**30:
            x = x % 1000003
    return x, seen
print(grow(300))
def border(n):
    out = []
    for base in (2**59, 2**60 - 5, -2**60 + 5, 2**62, -2**63):
        x = base
        for i in range(n):
            x += 1 if i % 3 else -2
        out.append(x)
    return out
print(border(200))
def neg(n):
    x = -2**60
    t = 0
    for i in range(n):
        t += -x
        x += 1
    return t, x
print(neg(200))
def shifts(n):
    t = 0
    for i in range(n):
        t ^= (1 << (i % 70)) >> (i % 7)
        t += i << 3
    return t
print(shifts(400))
def div(n):
    t = 0
    for i in range(-n, n):
        for d in (-7, -1, 1, 3, 2**40):
            t += i // d * 3 + i % d
    return t
print(div(120))
