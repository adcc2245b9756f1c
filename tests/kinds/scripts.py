# Small programs as people and machines write them: nanoseconds a run, by name. `cargo xtask kinds` compares them with CPython's.
import time

T = time.perf_counter
cases = {}
def case(f):
    cases[f.__name__] = f
    return f
@case
def tuple_keys():
    g = {}
    for y in range(150):
        for x in range(150): g[(x, y)] = x * y
    s = 0
    for k in range(5):
        for y in range(1, 149):
            for x in range(1, 149):
                s += g[(x - 1, y)] + g[(x + 1, y)] + g[x, y - 1] + g[x, y + 1]
    return s
@case
def life_sets():
    cells = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2), (10, 10), (11, 10), (12, 10), (20, 5), (20, 6), (21, 5), (21, 6)}
    for _ in range(150):
        counts = {}
        for (x, y) in cells:
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    if dx or dy:
                        p = (x + dx, y + dy)
                        counts[p] = counts.get(p, 0) + 1
        cells = {p for p, c in counts.items() if c == 3 or (c == 2 and p in cells)}
    return len(cells)
@case
def bfs_grid():
    n = 180
    walls = {(i, (i * 7) % n) for i in range(n)}
    from_ = (0, 1)
    seen = {from_}
    queue = [(from_, 0)]
    far = 0
    i = 0
    while i < len(queue):
        (x, y), d = queue[i]; i += 1
        far = max(far, d)
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            nx, ny = x + dx, y + dy
            if 0 <= nx < n and 0 <= ny < n and (nx, ny) not in walls and (nx, ny) not in seen:
                seen.add((nx, ny)); queue.append(((nx, ny), d + 1))
    return far
@case
def memo_fib():
    memo = {}
    def fib(n):
        if n in memo: return memo[n]
        if n < 2: return n
        r = fib(n - 1) + fib(n - 2)
        memo[n] = r
        return r
    s = 0
    for k in range(1500):
        memo.clear()
        s += fib(60) % 1000
    return s
@case
def knapsack():
    ws = [3, 4, 5, 9, 14, 7, 8, 2, 6, 11] * 3
    vs = [3, 4, 4, 10, 15, 6, 9, 1, 7, 12] * 3
    cap = 400
    best = 0
    for _ in range(12):
        dp = [0] * (cap + 1)
        for w, v in zip(ws, vs):
            for c in range(cap, w - 1, -1):
                dp[c] = max(dp[c], dp[c - w] + v)
        best += dp[cap]
    return best
@case
def lcs():
    a = "ACCGGTCGAGTGCGCGGAAGCCGGCCGAA" * 7; b = "GTCGTTCGGAATGCCGTTGCTCTGTAAA" * 7
    m, n = len(a), len(b)
    dp = [[0] * (n + 1) for _ in range(m + 1)]
    for i in range(m):
        for j in range(n):
            if a[i] == b[j]: dp[i + 1][j + 1] = dp[i][j] + 1
            else: dp[i + 1][j + 1] = max(dp[i][j + 1], dp[i + 1][j])
    return dp[m][n]
@case
def edit_words():
    def dist(a, b):
        prev = list(range(len(b) + 1))
        for i, ca in enumerate(a, 1):
            cur = [i]
            for j, cb in enumerate(b, 1):
                cur.append(min(prev[j] + 1, cur[j - 1] + 1, prev[j - 1] + (ca != cb)))
            prev = cur
        return prev[-1]
    ws = ["kitten", "sitting", "saturday", "sunday", "python", "typhoon", "monty", "montana"]
    s = 0
    for _ in range(25):
        for a in ws:
            for b in ws: s += dist(a, b)
    return s
@case
def tokenizer():
    src = "let x = 10 + foo(3.5, bar) * (y - 42) / z1 ; " * 120
    toks = []
    i = 0
    while i < len(src):
        c = src[i]
        if c.isspace(): i += 1
        elif c.isalpha() or c == '_':
            j = i
            while j < len(src) and (src[j].isalnum() or src[j] == '_'): j += 1
            toks.append(('id', src[i:j])); i = j
        elif c.isdigit():
            j = i
            while j < len(src) and (src[j].isdigit() or src[j] == '.'): j += 1
            toks.append(('num', float(src[i:j]))); i = j
        else:
            toks.append(('op', c)); i += 1
    return len(toks) * 25
@case
def stack_vm():
    code = [('push', 0), ('store', 0), ('push', 0), ('store', 1),
            ('load', 1), ('push', 60000), ('lt', 0), ('jz', 17),
            ('load', 0), ('load', 1), ('add', 0), ('store', 0),
            ('load', 1), ('push', 1), ('add', 0), ('store', 1), ('jmp', 4), ('halt', 0)]
    stack = []; vars = [0, 0]; pc = 0
    while True:
        op, arg = code[pc]; pc += 1
        if op == 'push': stack.append(arg)
        elif op == 'load': stack.append(vars[arg])
        elif op == 'store': vars[arg] = stack.pop()
        elif op == 'add':
            b = stack.pop(); a = stack.pop(); stack.append(a + b)
        elif op == 'lt':
            b = stack.pop(); a = stack.pop(); stack.append(a < b)
        elif op == 'jz':
            if not stack.pop(): pc = arg
        elif op == 'jmp': pc = arg
        else: break
    return vars[0]
@case
def linked_list():
    class Node:
        def __init__(self, value, next=None): self.value = value; self.next = next
    total = 0
    for k in range(40):
        head = None
        for i in range(1500): head = Node(i, head)
        node = head
        while node is not None:
            total += node.value; node = node.next
        prev = None
        while head: head.next, prev, head = prev, head, head.next
        total += prev.value
    return total
@case
def bst():
    class Tree:
        def __init__(self): self.root = None; self.size = 0
        def insert(self, key):
            if self.root is None: self.root = [key, None, None]; self.size += 1; return
            n = self.root
            while True:
                if key < n[0]: k = 1
                elif key > n[0]: k = 2
                else: return
                if n[k] is None: n[k] = [key, None, None]; self.size += 1; return
                n = n[k]
        def __contains__(self, key):
            n = self.root
            while n is not None:
                if key == n[0]: return True
                n = n[1] if key < n[0] else n[2]
            return False
    t = Tree(); x = 12345
    for i in range(20000):
        x = (x * 1103515245 + 12345) % 2147483648
        t.insert(x)
    return t.size + sum(1 for i in range(20000) if i in t)
@case
def sudoku_like():
    n = 8
    sols = 0
    cols = set(); d1 = set(); d2 = set()
    def place(r):
        nonlocal sols
        if r == n: sols += 1; return
        for c in range(n):
            if c in cols or r + c in d1 or r - c in d2: continue
            cols.add(c); d1.add(r + c); d2.add(r - c)
            place(r + 1)
            cols.remove(c); d1.remove(r + c); d2.remove(r - c)
    place(0)
    return sols
@case
def perms():
    out = []
    def go(path, used, n):
        if len(path) == n: out.append(path[:]); return
        for i in range(n):
            if not used[i]:
                used[i] = True; path.append(i)
                go(path, used, n)
                path.pop(); used[i] = False
    go([], [False] * 8, 8)
    return len(out)
@case
def caesar():
    text = "The quick brown fox jumps over the lazy dog. " * 150
    out = []
    for c in text:
        if c.isalpha():
            base = ord('A') if c.isupper() else ord('a')
            out.append(chr((ord(c) - base + 13) % 26 + base))
        else: out.append(c)
    return len("".join(out)) * 20
@case
def word_stats():
    text = "the quick brown fox jumps over the lazy dog and runs away from the angry bear " * 600
    counts = {}
    for w in text.split(): counts[w] = counts.get(w, 0) + 1
    top = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:5]
    lens = {}
    for w in text.split(): lens.setdefault(len(w), []).append(w)
    return top[0][1] + sum(len(v) for v in lens.values())
@case
def bank():
    class Account:
        def __init__(self, owner, balance=0): self.owner = owner; self.balance = balance; self.log = []
        def deposit(self, amount):
            if amount <= 0: raise ValueError("bad")
            self.balance += amount; self.log.append(("d", amount))
        def withdraw(self, amount):
            if amount > self.balance: raise ValueError(f"no funds: {self.balance} < {amount}")
            self.balance -= amount; self.log.append(("w", amount))
    fails = 0
    accs = [Account(f"u{i}", 100) for i in range(20)]
    for i in range(40000):
        a = accs[i % 20]
        try:
            if i % 3: a.withdraw(i % 50)
            else: a.deposit(i % 40)
        except ValueError: fails += 1
    return fails
@case
def shapes():
    class Shape:
        def area(self): raise NotImplementedError
        def describe(self): return f"{type(self).__name__}:{self.area():.2f}"
    class Rect(Shape):
        def __init__(self, w, h): self.w, self.h = w, h
        def area(self): return self.w * self.h
    class Circle(Shape):
        def __init__(self, r): self.r = r
        def area(self): return 3.14159 * self.r ** 2
    class Square(Rect):
        def __init__(self, s): super().__init__(s, s)
    items = []
    for i in range(3000): items += [Rect(i, 2), Circle(i), Square(i)]
    total = sum(s.area() for s in items)
    return len("".join(s.describe() for s in items[:3000])) + int(total)
@case
def primes():
    def is_prime(n):
        if n < 2: return False
        if n % 2 == 0: return n == 2
        i = 3
        while i * i <= n:
            if n % i == 0: return False
            i += 2
        return True
    return sum(1 for n in range(60000) if is_prime(n))
@case
def collatz():
    best = 0; memo = {1: 1}
    for n in range(1, 20000):
        m = n; steps = 0; seen = []
        while m not in memo:
            seen.append(m)
            m = m // 2 if m % 2 == 0 else 3 * m + 1
        l = memo[m]
        for v in reversed(seen):
            l += 1; memo[v] = l
        best = max(best, l)
    return best
@case
def matrix():
    class Matrix:
        def __init__(self, rows): self.rows = rows
        def __matmul__(self, o):
            cols = list(zip(*o.rows))
            return Matrix([[sum(a * b for a, b in zip(r, c)) for c in cols] for r in self.rows])
        def __getitem__(self, ij): return self.rows[ij[0]][ij[1]]
    m = Matrix([[i * j % 7 for j in range(30)] for i in range(30)])
    r = m
    for _ in range(8): r = r @ m; r = Matrix([[x % 1000 for x in row] for row in r.rows])
    return r[3, 4]
@case
def dijkstra():
    import math
    n = 120
    edges = {i: [((i * 7 + k * 13) % n, (i * k) % 17 + 1) for k in range(1, 6)] for i in range(n)}
    total = 0
    for s in range(12):
        dist = {v: math.inf for v in edges}; dist[s] = 0; todo = set(edges)
        while todo:
            u = min(todo, key=lambda v: dist[v])
            todo.remove(u)
            for v, w in edges[u]:
                if dist[u] + w < dist[v]: dist[v] = dist[u] + w
        total += sum(d for d in dist.values() if d < math.inf)
    return total
@case
def event_sim():
    class Event:
        __slots__ = ("t", "kind", "data")
        def __init__(self, t, kind, data): self.t, self.kind, self.data = t, kind, data
        def __lt__(self, o): return self.t < o.t
    heap = []
    def push(e):
        heap.append(e); i = len(heap) - 1
        while i and heap[i] < heap[(i - 1) // 2]:
            heap[i], heap[(i - 1) // 2] = heap[(i - 1) // 2], heap[i]; i = (i - 1) // 2
    def pop():
        top = heap[0]; last = heap.pop()
        if heap:
            heap[0] = last; i = 0
            while True:
                c = 2 * i + 1
                if c >= len(heap): break
                if c + 1 < len(heap) and heap[c + 1] < heap[c]: c += 1
                if not heap[c] < heap[i]: break
                heap[i], heap[c] = heap[c], heap[i]; i = c
        return top
    x = 1
    for i in range(300):
        x = (x * 16807) % 2147483647
        push(Event(x % 1000, "a", i))
    n = 0
    while n < 12000:
        e = pop(); n += 1
        x = (x * 16807) % 2147483647
        push(Event(e.t + x % 100, "b" if e.kind == "a" else "a", n))
    return heap[0].t


for name, f in cases.items():
    start = T()
    result = f()
    print(name, (T() - start) * 1e9, result)
