# Comparison methods of the guest's classes in loops: jumped on and stored, of all kinds of results, reflected, inherited, and
# changed under way.


class Num:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        return self.v < other.v

    def __le__(self, other):
        return self.v <= other.v

    def __eq__(self, other):
        return isinstance(other, Num) and self.v == other.v

    def __gt__(self, other):
        return self.v > other.v

    def __hash__(self):
        return hash(self.v)

    def __repr__(self):
        return f"N{self.v}"


def bubble(items):
    items = items[:]
    for end in range(len(items) - 1, 0, -1):
        for k in range(end):
            if items[k + 1] < items[k]:
                items[k], items[k + 1] = items[k + 1], items[k]
    return items


print(bubble([Num((k * 37) % 23) for k in range(30)]))


def stored(n):
    out = []
    a, b = Num(5), Num(7)
    for k in range(n):
        c = Num(k % 10)
        out.append((c < a, c <= b, c == a, c != a, c > b, not c < a, (c == b) + 1))
    return out


print(stored(30)[-11:])


def jumps(n):
    counts = [0] * 8
    a = Num(4)
    for k in range(n):
        c = Num(k % 9)
        if c < a: counts[0] += 1
        if not c < a: counts[1] += 1
        if c <= a and c > Num(1): counts[2] += 1
        if c == a or c == Num(7): counts[3] += 1
        if c != a: counts[4] += 1
        if a > c: counts[5] += 1
        while c < a:
            c = Num(c.v + 1)
            counts[6] += 1
        counts[7] += 1 if c > a else 2
    return counts


print(jumps(50))


# Results that are no bools.
class Odd:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        return self.v

    def __eq__(self, other):
        return [] if self.v % 2 else [self.v]

    def __gt__(self, other):
        return None

    def __ge__(self, other):
        return NotImplemented


def odd(n):
    out = []
    for k in range(n):
        o = Odd(k % 3)
        hits = 0
        if o < 1: hits += 1
        if o == 1: hits += 10
        if o > 1: hits += 100
        if not o == o: hits += 1000
        out.append((hits, o < 5, o == 5, o > 5))
        try:
            o >= 3
        except TypeError as e:
            out.append(str(e))
    return out


print(odd(20)[-6:])


# Not implemented on the left: the right operand's method, then identity.
class Left:
    def __eq__(self, other):
        return NotImplemented

    def __lt__(self, other):
        return NotImplemented


class Right:
    def __eq__(self, other):
        return "right"

    def __gt__(self, other):
        return "reflected"


class Sub(Num):
    def __gt__(self, other):
        return ("sub", other)

    def __eq__(self, other):
        return ("same", other)


def reflected(n):
    out = []
    x, y, s, m = Left(), Right(), Sub(3), Num(4)
    for k in range(n):
        out.append((x == y, x < y, x == x, x == 5, y == 1, m < s, m == s, s == m, 5 == y, 5 != x))
        if x == x: out.append(1)
        if x == y: out.append(2)
        if m < s: out.append(3)
    return out


print(reflected(25)[-4:])


# Methods that raise, call others, compare themselves, or are replaced.
class Deep:
    def __init__(self, items):
        self.items = items

    def __eq__(self, other):
        if len(self.items) != len(other.items):
            return False
        return all(a == b for a, b in zip(self.items, other.items))

    def __lt__(self, other):
        if not self.items:
            raise ValueError("empty")
        return self.items < other.items


def deep(n):
    out = []
    for k in range(n):
        a, b = Deep([k, Num(k)]), Deep([k, Num(k // 2 * 2)])
        out.append(1 if a == b else 0)
        try:
            if Deep([k] if k % 4 else []) < b: out.append("<")
        except (ValueError, TypeError) as e:
            out.append(str(e))
    return out


print(deep(24)[-12:])


def replaced(n):
    out = []
    a, b = Num(1), Num(2)
    for k in range(n):
        if a < b: out.append(k)
        if k == n // 2:
            Num.__lt__ = lambda self, other: self.v > other.v
        if k == n - 5:
            a.__class__ = Sub
        if k == n - 3:
            del Num.__lt__
            try:
                a < b
            except TypeError as e:
                out.append(str(e))
            Num.__lt__ = lambda self, other: True
    return out


print(replaced(40))


def mixed(n):
    values = [1, 2.5, "a", Num(3), None, (1,), Odd(2)]
    out = 0
    for k in range(n):
        a, b = values[k % 7], values[(k * 3 + 1) % 7]
        if a == b: out += 1
        if a != b: out += 100
    return out


print(mixed(100))


# A generator's frame and recursion inside a comparison.
class Tree:
    def __init__(self, depth):
        self.kids = [Tree(depth - 1) for _ in range(2)] if depth else []

    def __eq__(self, other):
        if len(self.kids) != len(other.kids):
            return False
        for a, b in zip(self.kids, other.kids):
            if not a == b:
                return False
        return True


print([Tree(3) == Tree(k) for k in range(5)] * 2, sum(Tree(2) == Tree(2) for _ in range(20)))


class Forever:
    def __eq__(self, other):
        return self == other


for k in range(3):
    try:
        Forever() == Forever()
    except RecursionError:
        print("RecursionError")
