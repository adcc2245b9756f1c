# Arithmetic of bools, alone and with ints, floats and big ints, in loops.


def counts(n):
    flags = [k % 3 == 0 for k in range(n)]
    total = 0
    for k in range(n - 2):
        total += flags[k] + flags[k + 1] + flags[k + 2]
    return total, sum(flags), flags[0] + flags[1]


print(counts(50), counts(3))


def everything(n):
    out = []
    for k in range(n):
        t, f, i = k % 2 == 0, k > n, k % 5 - 2
        out.append((t + t, t - True, t * i, i - t, i + f, i * t))
        out.append((i // True, t // True, True % 2, t % 3, f // 7, f % 7))
        out.append((t & True, t | f, t ^ True, f ^ f, t & i, i | t, i ^ True, t & 0))
        out.append((True << t, t << 3, 8 >> t, t >> 1, t ** 2, -t, +t))
        out.append((t / 2, t + 0.5, 2.5 * t, t - 1e300, t + (1 << 70), t * (1 << 62), t < i, t == 1))
    return out


for row in everything(7):
    print(row)
print([type(x).__name__ for row in everything(30)[-5:] for x in row])


def changing(n):
    total = 0
    x = True
    for k in range(n):
        total = total + x
        total = x + total - (not x)
        if k == n // 2:
            x = 5
        if k == n // 2 + 3:
            x = 2.5
        if k == n // 2 + 5:
            x = False
    return total, x & True, type(total).__name__


print(changing(40))


def borders(n):
    big = (1 << 60) - 1
    small = -(1 << 60)
    out = 0
    for k in range(n):
        t = k % 2 == 1
        if big + t > big:
            out += 1
        if small - t < small:
            out += 100
        out += (big + t) - big
    return out, big + True, small - True


print(borders(30))


def division(n):
    out = []
    for k in range(n):
        d = k % 4 != 3
        try:
            out.append(7 // d + 7 % d)
        except ZeroDivisionError as e:
            out.append(str(e))
    return out


print(division(12))


def in_place(n):
    seen = True
    either = False
    parity = False
    for k in range(n):
        seen &= k < 100
        either |= k == 7
        parity ^= k % 3 == 0
    return seen, either, parity


print(in_place(20), in_place(200))
