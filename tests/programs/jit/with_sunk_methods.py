# Bound methods that only exits need: `__exit__` of `with`, methods kept and compared, across exceptions and exits.


class M:
    def __init__(self):
        self.log = []

    def __enter__(self):
        return self

    def __exit__(self, t, v, tb):
        self.log.append(None if t is None else t.__name__)
        return t is ValueError

    def m(self):
        return 1


def quiet(o, n):
    for i in range(n):
        with o:
            x = i
    return x, len(o.log)


def failing(o, n):
    caught = 0
    for i in range(n):
        try:
            with o as p:
                if i % 7 == 3:
                    raise ValueError(i)
                if i % 11 == 5:
                    raise KeyError(i)
                if i == n - 1:
                    p.missing
        except (KeyError, AttributeError):
            caught += 1
    return caught, o.log.count("ValueError"), o.log.count("KeyError"), o.log[-1]


def methods(o, n):
    m = None
    for i in range(n):
        before = m
        m = o.m
        if i == n // 2:
            same = (before == m, before is m, m.__self__ is o)
    return same, m(), before == m


def escaping(o, n):
    kept = []
    for i in range(n):
        m = o.m
        if i % 10 == 0:
            kept.append(m)
    return len(kept), sum(m() for m in kept), m()


def early(o, n):
    for i in range(n):
        with o:
            if i == n - 5:
                return i
            if i % 3:
                continue
            o.m()


def generator(o, n):
    for i in range(n):
        with o:
            yield i


def main():
    print(quiet(M(), 100), failing(M(), 200), methods(M(), 100), escaping(M(), 100))
    o = M()
    print(early(o, 100), len(o.log), sum(generator(o, 100)), len(o.log))
    g = generator(o, 100)
    for x in g:
        if x == 50:
            break
    g.close()
    print(len(o.log), o.log[-1])


main()
