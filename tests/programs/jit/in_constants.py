# `in` of constants, and of names that held a constant; comparisons of bools.

F = frozenset("abc")
T = (1, 2, 3)


def fixed(n):
    t = 0
    for i in range(n):
        t += 2 in (1, 2, 3)
        t += 10 * (9 not in (1, 2, 3))
        t += 100 * ("a" in "abc")
        t += 1000 * ("x" in {"x", "y"})
        t += 10000 * ("z" in ("x", "y"))
    return t


def names(n):
    global F, T
    out = []
    for i in range(n):
        out.append(("a" in F) + 2 * (2 in T) + 4 * ("q" not in F))
        if i == n // 2:
            F = frozenset("q")
        if i == n // 2 + 20:
            T = [5]
        if i == n // 2 + 30:
            T.append(2)
    return out[0], out[n // 2], out[n // 2 + 1], out[-10], out[-1], sum(out)


def bools(v, w, n):
    t = 0
    for i in range(n):
        t += v == w
        t += 2 * (v != w)
        t += 4 * (v < w)
        t += 8 * (v <= w)
        t += 16 * (v > w)
        t += 32 * (v >= w)
        if v == False:
            t += 64
        if w == 1:
            t += 128
        if v < 2:
            t += 256
        if w > -1 and v >= w:
            t += 512
    return t


def changing(n):
    t = 0
    x = True
    for i in range(n):
        if x == True:
            t += 1
        if x == 1:
            t += 10
        if x == (i % 3):
            t += 100
        if i == n // 2:
            x = 1
        if i == n // 2 + 10:
            x = False
        if i == n // 2 + 20:
            x = 1.0
        if i == n // 2 + 30:
            x = None
    return t


def main():
    print(fixed(100), names(200))
    for v in (False, True, 0, 1, 2, 1.0):
        print([bools(v, w, 60) for w in (False, True, 0, 1, 2, 0.0)])
    print(changing(200))


main()
