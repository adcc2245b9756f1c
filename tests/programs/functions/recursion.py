def fact(n): return 1 if n < 2 else n * fact(n - 1)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
def ack(m, n):
    if m == 0: return n + 1
    if n == 0: return ack(m - 1, 1)
    return ack(m - 1, ack(m, n - 1))
def is_even(n): return True if n == 0 else is_odd(n - 1)
def is_odd(n): return False if n == 0 else is_even(n - 1)
def hanoi(n, a, b, c, moves):
    if n:
        hanoi(n - 1, a, c, b, moves); moves.append((a, c)); hanoi(n - 1, b, a, c, moves)
    return moves
def perms(l):
    if len(l) <= 1: return [l]
    return [[x] + p for i, x in enumerate(l) for p in perms(l[:i] + l[i + 1:])]
def flatten(x):
    return [z for y in x for z in flatten(y)] if isinstance(x, list) else [x]
def subsets(s): return [[]] if not s else (lambda r: r + [[s[0]] + q for q in r])(subsets(s[1:]))
def collatz(n, steps=0): return steps if n == 1 else collatz(n // 2 if n % 2 == 0 else 3 * n + 1, steps + 1)
def binsearch(a, x, lo=0, hi=None):
    hi = len(a) if hi is None else hi
    if lo >= hi: return -1
    m = (lo + hi) // 2
    return m if a[m] == x else binsearch(a, x, m + 1, hi) if a[m] < x else binsearch(a, x, lo, m)
def quick(a): return a if len(a) < 2 else quick([x for x in a[1:] if x < a[0]]) + [a[0]] + quick([x for x in a[1:] if x >= a[0]])
def power_set_sum(a, i=0, acc=0): return [acc] if i == len(a) else power_set_sum(a, i + 1, acc) + power_set_sum(a, i + 1, acc + a[i])
print(fact(20), fact(50), fib(15), ack(2, 5), is_even(100), is_odd(77), len(hanoi(6, "A", "B", "C", [])), hanoi(2, "A", "B", "C", []))
print(perms([1, 2, 3]), flatten([1, [2, [3, [4, []]]], 5]), subsets([1, 2, 3]), collatz(27), binsearch(list(range(0, 100, 3)), 33), binsearch([1, 2], 5), quick([5, 2, 8, 1, 9, 3, 5]), sorted(power_set_sum([1, 5, 11])))
def depth(n): return 0 if n == 0 else 1 + depth(n - 1)
print(depth(400), (lambda f: f(f, 5))(lambda s, n: 1 if n == 0 else n * s(s, n - 1)))
Y = lambda f: (lambda x: f(lambda v: x(x)(v)))(lambda x: f(lambda v: x(x)(v)))
print(Y(lambda self: lambda n: 1 if n == 0 else n * self(n - 1))(6))
