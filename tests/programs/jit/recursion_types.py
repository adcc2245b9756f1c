# Recursive functions whose arguments and results change type.
def power(x, n):
    if n == 0: return 1
    h = power(x, n // 2)
    return h * h * x if n % 2 else h * h


print([power(3, n) for n in range(0, 90, 11)], [power(1.5, n) for n in range(0, 90, 11)], power(-2, 61))
print([power(x, n) for x in (2, 2.0, True) for n in range(70)][-80::9])


def fact(n): return 1 if n < 2 else n * fact(n - 1)


print([fact(n) for n in range(18, 25)], fact(60))


def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(20), fib(18.0), fib(True), fib(18.5))


def flatten(x):
    if isinstance(x, list): return sum([flatten(y) for y in x], [])
    if isinstance(x, tuple): return [z for y in x for z in flatten(y)]
    if isinstance(x, dict): return flatten(list(x.items()))
    return [x]


print(flatten([1, (2, [3, {'a': [4], 5: (6, 7)}]), [[[8]]]] * 12)[:20])


def varied(n):
    if n % 7 == 0: return None if n == 0 else str(n) + str(varied(n - 1))
    r = varied(n - 1)
    if r is None: return n
    if isinstance(r, str): return len(r) + 0.5
    if isinstance(r, float): return [r]
    if isinstance(r, list): return r + [n]
    return r + n


print([varied(n) for n in range(30)])


def collatz(n, steps=0):
    return steps if n == 1 else collatz(n * 3 + 1 if n % 2 else n // 2, steps + 1)


print(max(collatz(n) for n in range(1, 300)), collatz(2 ** 62 + 1))


def hanoi(n, a, b, c):
    return 0 if n == 0 else hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)


print(hanoi(10, 'a', 'b', 'c'))
