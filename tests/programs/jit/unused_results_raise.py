# Operations whose results nobody uses raise all the same.
class C:
    x = 1


def caught(f):
    try:
        return f(300)
    except Exception as e:
        return type(e).__name__, str(e)


def case_0(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        k // (180 - k)
    return k


def case_1(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        k % (180 - k)
    return k


def case_2(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        divmod(k, 180 - k)
    return k


def case_3(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        1 << (180 - k)
    return k


def case_4(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        1 >> (180 - k)
    return k


def case_5(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        -k >> (180 - k)
    return k


def case_6(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        k / (180 - k)
    return k


def case_7(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        k // (180.0 - k)
    return k


def case_8(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        k % (180.0 - k)
    return k


def case_9(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        0.0 ** (180 - k)
    return k


def case_10(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        int(float('inf') if k == 180 else 1.5)
    return k


def case_11(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        int(float('nan') if k == 180 else 1.5)
    return k


def case_12(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        t[k // 80]
    return k


def case_13(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        d[k // 180]
    return k


def case_14(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        'abc'[k // 80]
    return k


def case_15(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        chr(1114111 - 170 + k)
    return k


def case_16(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        ord('a' * (1 + k // 180))
    return k


def case_17(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        abs(k if k < 180 else 's')
    return k


def case_18(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        min(k, 1 if k < 180 else 's')
    return k


def case_19(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        k < (3 if k < 180 else 's')
    return k


def case_20(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        k + (3 if k < 180 else 's')
    return k


def case_21(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        -(k if k < 180 else 's')
    return k


def case_22(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        ~(k if k < 180 else 1.5)
    return k


def case_23(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        k & (k if k < 180 else 1.5)
    return k


def case_24(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        t[k // 90 : k if k < 180 else 's']
    return k


def case_25(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        c.x if k < 180 else c.y
    return k


def case_26(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        (len if k < 180 else 3)(t)
    return k


def case_27(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        k in (t if k < 180 else 5)
    return k


def case_28(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        next(iter(t if k < 180 else ()))
    return k


def case_29(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        t.index(1 if k < 180 else 77)
    return k


def case_30(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        isinstance(k, int if k < 180 else 5)
    return k


def case_31(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        None if k < 180 else undefined
    return k


def case_32(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        pow(k, -1 if k == 180 else 2, 180)
    return k


def case_33(n):
    t = (1, 2, 3); d = {0: 1}; c = C(); k = 0
    for k in range(n):
        k * (1.5 if k < 180 else None)
    return k


for f in case_0, case_1, case_2, case_3, case_4, case_5, case_6, case_7, case_8, case_9, case_10, case_11, case_12, case_13, case_14, case_15, case_16, case_17, case_18, case_19, case_20, case_21, case_22, case_23, case_24, case_25, case_26, case_27, case_28, case_29, case_30, case_31, case_32, case_33:
    print(f.__name__, caught(f))


def twice(n):
    s = 0
    for k in range(n):
        for x in (5, 4, 180 - k):
            k // x
            s += k % x if x else 0
            s // (x + 16)
    return s


print(caught(twice))


def caught_inside(n):
    hits = []
    for k in range(n):
        try:
            k % (k % 7 - 3)
        except ZeroDivisionError:
            hits.append(k)
    return hits[:3], len(hits)


print(caught_inside(400))
