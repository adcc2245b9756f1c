g = (x * x for x in range(4)); print(next(g), sum(g), list(g), type(g).__name__, g.__name__)
print(sum(x for x in range(100) if x % 3 == 0), max((x, -x) for x in range(3)), list((i, j) for i in range(2) for j in range(i + 1)), dict((c, ord(c)) for c in "ab"), set(x % 2 for x in range(5)), any(x > 2 for x in [1, 2, 3, 1 // 1]), sorted(c for c in "hello" if c > "g"), tuple(x for x in []))
n = 1; g = (n + i for i in [1, 2]); n = 10; print(list(g)); l = [1, 2, 3]; g = (x for x in l); l.append(4); print(list(g)); l2 = [1]; g = (x for x in l2); l2 = [9]; print(list(g))
def t(v): print("eval", v); return v
g = (t(a) + t(b) for a in t([1, 2]) for b in t([10])); print("created"); print(list(g))
try: g = (x for x in undefined_name)
except NameError as e: print(e)
g = (1 // x for x in [1, 0, 2]); print(next(g))
try: next(g)
except ZeroDivisionError as e: print(e)
print(list(g)); h = ((yield_, x) for yield_ in "a" for x in [1]); print(list(h))
def evens(it): return (x for x in it if not x % 2)
def squares(it): return (x * x for x in it)
def take(n, it): return [x for _, x in zip(range(n), it)]
def nat(n=0):
    while True: yield n; n += 1
print(take(5, squares(evens(nat())))); primes = lambda: sieve(nat(2))
def sieve(it):
    p = next(it); yield p
    yield from sieve(x for x in it if x % p)
print(take(12, primes()))
def window(it, n):
    buf = []
    for x in it:
        buf.append(x)
        if len(buf) == n: yield tuple(buf); buf.pop(0)
print(list(window("abcde", 3)), list(window([1], 2)))
def group(it, key):
    cur, last = [], object
    for x in it:
        k = key(x)
        if cur and k != last: yield last, cur; cur = []
        last = k; cur.append(x)
    if cur: yield last, cur
print(list(group([1, 1, 2, 3, 3, 1], lambda x: x)), [(k, len(v)) for k, v in group("aabccc", str)])
def coroutine(f):
    def start(*a): g = f(*a); next(g); return g
    return start
@coroutine
def averager():
    total = count = 0; avg = None
    while True:
        x = yield avg
        total += x; count += 1; avg = total / count
a = averager(); print([a.send(x) for x in (10, 20, 60)]); print(sum(1 for _ in range(1000)), len(list(x for x in range(50) if x & 1)))
def perm(l):
    if not l: yield (); return
    for i in range(len(l)):
        for p in perm(l[:i] + l[i + 1:]): yield (l[i],) + p
print(list(perm([1, 2, 3])), "".join("".join(p) for p in perm("ab")))
def interleave(*gs):
    gs = [iter(g) for g in gs]
    while gs:
        for g in gs[:]:
            try: yield next(g)
            except StopIteration: gs.remove(g)
print(list(interleave("abc", [1], range(2)))); x = 5; print([x for x in (x for x in range(x))], list(x for _ in [0]))
