# Operators and comparisons of ints beyond a word in hot loops, whose operands turn small, float, bool, a subclass or zero.


def all_of(a, b):
    out = [a + b, a - b, a * b, a & b, a | b, a ^ b, a << 3, a >> 2, a + 1, a - 1, 1 + a]
    if b:
        out += [a // b, a % b]
    a += b
    a -= 1
    a *= 3
    out += [a < b, a <= b, a == b, a != b, a > b, a >= b, a > 5, a == 5]
    return out


def digest(values):
    h = 7
    for v in values:
        h = (h * 31 + int(v)) % 1000000007
    return h


numbers = [0, 1, -1, 5, 2**59, 2**60 - 1, 2**60, -(2**60), -(2**60) - 1, 2**63, 2**64, -(2**64), 3**50, -(7**60), 10**100]
total = 0
for _ in range(12):
    for a in numbers:
        for b in numbers:
            total = (total * 3 + digest(all_of(a, b))) % 998244353
print(total)


class Odd(int):
    def __add__(self, other):
        return 77

    def __lt__(self, other):
        return "less"


def mixed(n):
    big = 2**80
    others = [big, 3, 2.5, True, Odd(4), big + 1, -big]
    added, lesser = {}, {}
    for i in range(n):
        x = others[i % 3 if i < n - 70 else i % 7]
        s = x + big
        added[type(s).__name__] = added.get(type(s).__name__, 0) + 1
        c = x < big
        lesser[str(c)] = lesser.get(str(c), 0) + 1
    return added, lesser


print(mixed(400))


def errors(n):
    seen = {}
    big = 5**40
    for i in range(n):
        d = 0 if i % 7 == 3 else big
        try:
            x = (big * big + i) // d % 97
            y = big >> (i % 90 - 2)
            z = 2 ** (i % 70 - 1)
        except (ZeroDivisionError, ValueError) as e:
            x = type(e).__name__
            seen[x] = seen.get(x, 0) + 1
        else:
            if isinstance(z, float):
                seen[z] = seen.get(z, 0) + 1
    return seen


print(errors(400))


def factorial(n):
    x = 1
    for i in range(2, n + 1):
        x *= i
    return x


def back_to_small(n):
    x = factorial(n)
    steps = 0
    while x > 1:
        x //= 12345
        steps += 1
    return steps, x


for n in range(60, 260, 40):
    print(n, factorial(n) % 1000003, back_to_small(n))


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


print([fibonacci(n) % 10**9 for n in range(0, 400, 40)])


def powers(n):
    s = 0
    for i in range(n):
        s = s * 2 + (3**i & 0xFFFF) + (i**3 >> 1) + (1 << i) % 1009
        if s > 1 << 200:
            s >>= 190
    return s


print(powers(300))


def identity(n):
    same = 0
    big = 1 << 100
    for i in range(n):
        other = (1 << 100) + i - i
        same += (other == big) + (other is not None) + (hash(other) == hash(big)) + (other <= big)
    return same


print(identity(300))
