class Node:
    live = 0
    def __init__(self, v): self.v = v; self.links = []; self.me = self
def ring(n):
    ns = [Node(i) for i in range(n)]
    for a, b in zip(ns, ns[1:] + ns[:1]): a.links.append(b); b.links.append(a)
    return ns[0]
total = 0
for k in range(200):
    r = ring(20); n, seen = r, 0
    while seen < 20: total += n.v; n = n.links[0] if seen % 2 else n.links[-1]; seen += 1
print(total)
keep = [ring(5) for _ in range(10)]; junk = [[i, [i]] for i in range(5000)]; del junk
print([k.v for k in keep], all(k.me is k for k in keep), [x.v for x in keep[3].links])
def closure_cycle():
    def f(n): return 1 if n == 0 else n * f(n - 1)
    return f
print(sum(closure_cycle()(5) for _ in range(300)))
d = {}
for i in range(3000): d[i % 100] = {"prev": d.get((i - 1) % 100), "i": i} if i % 10 else {"prev": None, "i": i}
n, x = 0, d[99]
while x: n += x["i"]; x = x["prev"]
print(n); gens = []
for i in range(500):
    def g(k=i):
        loc = [k] * 10
        try: yield loc
        finally: loc.append("closed")
    it = g(); gens.append((next(it), it)); 
    if len(gens) > 50: gens.pop(0)[1].close()
print(len(gens), gens[0][0][0]); s = ""
parts = []
for i in range(2000): parts.append(str(i) * 3); s = parts[-1] + s[:50]
print(s, len("".join(parts))); exc = []
for i in range(200):
    try:
        try: raise ValueError([i] * 5)
        except ValueError as e: raise KeyError(i) from e
    except KeyError as e: exc.append(e); exc = exc[-5:]
print([(e.args, e.__cause__.args[0][0]) for e in exc]); big = [2 ** (i % 200) for i in range(2000)]; print(sum(big) % 10 ** 12); t = ()
for i in range(300): t = (i, t) if i % 50 else ()
depth = 0
while t: depth += 1; t = t[1]
print(depth); m = [[0.5 * i * j for j in range(30)] for i in range(30)]
for _ in range(20): m = [list(r) for r in zip(*m)]
print(sum(map(sum, m))); sets = [frozenset(range(i, i + 5)) for i in range(300)]; print(len(set(sets)), len({x for s2 in sets for x in s2})); cls = [type("C%d" % i, (Node,), {"k": i}) for i in range(100)]; print(sum(c.k for c in cls), cls[5](7).v, cls[-1].__name__)
