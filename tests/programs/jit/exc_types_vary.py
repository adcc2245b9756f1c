# The same raise site raises different types, and handlers match by classes computed at run time.
class E1(Exception): pass
class E2(E1): pass
class E3(Exception): pass


def thrower(i):
    raise (E1, E2, E3, ValueError)[i % 4](i)


def run(n, handlers):
    counts = [0, 0]
    for i in range(n):
        try:
            thrower(i)
        except handlers as e:
            counts[0] += e.args[0]
        except Exception:
            counts[1] += 1
    return counts


print(run(100, E1), run(100, (E3, ValueError)), run(100, ()), run(100, (E2, (E3,))[0]))


def change(n):
    h = E1
    c = [0, 0, 0]
    for i in range(n):
        try:
            try:
                thrower(i)
            except h:
                c[0] += 1
            if i == 40: h = E3
            if i == 80: h = (E1, E3)
        except E1:
            c[1] += 1
        except Exception:
            c[2] += 1
        if i == 60: h = E3
        if i == 90: h = Exception
    return c


print(change(130))


def bad_handler(n):
    c = 0
    for i in range(n):
        try:
            try:
                thrower(i)
            except 5 if i % 2 else E1:
                c += 1
        except TypeError as e:
            c += 100
            text = str(e)
        except Exception:
            c += 10000
    return c, text


print(bad_handler(60))


class Fussy(Exception):
    made = 0
    def __init__(self, *a):
        Fussy.made += 1
        super().__init__(*a)
        self.extra = len(a)


def custom(n):
    t = 0
    for i in range(n):
        try:
            raise Fussy(*range(i % 4))
        except Fussy as e:
            t += e.extra * 10 + len(e.args)
    return t, Fussy.made


print(custom(80))

