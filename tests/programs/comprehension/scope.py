def outer():
    x = 1
    def inner():
        return [x + y for y in range(3)]
    x = 10
    return inner()
print(outer())
def counter():
    total = 0
    def add(n):
        nonlocal total
        total += n
        return total
    return [add(i) for i in range(5)], total
print(counter())
glob = 100
def g():
    return [glob + i for i in range(2)], {glob: i for i in range(1)}, list(glob for _ in "ab")
print(g()); glob = 200; print(g())
def h(seq):
    res = [s for s in seq if (t := s.strip())]
    return res, t
print(h(["a", " ", " b"]))
def deep():
    a = 1
    return [[[a + b + c + d for d in range(2)] for c in range(2)] for b in range(2)]
print(deep())
def fib_memo(n, memo={}):
    if n in memo: return memo[n]
    memo[n] = n if n < 2 else fib_memo(n - 1) + fib_memo(n - 2)
    return memo[n]
print([fib_memo(i) for i in range(20)], fib_memo(80))
def unbound():
    try:
        return [zz for _ in range(1)]
    except NameError as e:
        return type(e).__name__, str(e)
    zz = 1
print(unbound())
def shadow(list_):
    i = "kept"
    r = [i for i in list_ for i in range(i)]
    return r, i
print(shadow([1, 2, 3]))
mat = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in mat] for i in range(3)], [sum(row) for row in mat], [max(col) for col in zip(*mat)], {(i, j): mat[i][j] for i in range(2) for j in range(3) if (i + j) % 2})
primes = [n for n in range(2, 50) if all(n % p for p in range(2, int(n ** .5) + 1))]
print(primes, [(a, b, c) for a in range(1, 20) for b in range(a, 20) for c in range(b, 20) if a * a + b * b == c * c])
fs = []
for i in range(3): fs.append(lambda: i)
print([f() for f in fs], [f() for f in [(lambda j: lambda: j)(i) for i in range(3)]])
gens = [(lambda: (yield i))() for i in range(2)]; print([list(gn) for gn in gens])
