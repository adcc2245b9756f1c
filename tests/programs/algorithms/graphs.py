def bfs(g, s):
    dist, queue = {s: 0}, [s]
    for n in queue:
        for m in sorted(g.get(n, ())):
            if m not in dist: dist[m] = dist[n] + 1; queue.append(m)
    return dist
def dfs(g, n, seen=None):
    seen = seen if seen is not None else []
    seen.append(n)
    for m in g.get(n, ()):
        if m not in seen: dfs(g, m, seen)
    return seen
def topo(g):
    state, out = {}, []
    def visit(n):
        if state.get(n) == "done": return
        if state.get(n) == "open": raise ValueError(f"cycle at {n}")
        state[n] = "open"
        for m in g.get(n, []): visit(m)
        state[n] = "done"; out.append(n)
    for n in g: visit(n)
    return out[::-1]
def dijkstra(g, s):
    dist, todo = {s: 0}, {s}
    while todo:
        n = min(todo, key=lambda k: (dist[k], k)); todo.discard(n)
        for m, w in g[n].items():
            if dist[n] + w < dist.get(m, float("inf")): dist[m] = dist[n] + w; todo.add(m)
    return dist
g = {"a": ["b", "c"], "b": ["d"], "c": ["d", "e"], "d": ["f"], "e": ["f"], "f": []}
print(bfs(g, "a"), dfs(g, "a"), topo(g))
try: topo({"x": ["y"], "y": ["x"]})
except ValueError as e: print(e)
print(dijkstra({1: {2: 7, 3: 9, 6: 14}, 2: {3: 10, 4: 15}, 3: {4: 11, 6: 2}, 4: {5: 6}, 5: {}, 6: {5: 9}}, 1))
class UF:
    def __init__(self, n): self.p = list(range(n)); self.n = n
    def find(self, x):
        while self.p[x] != x: self.p[x] = x = self.p[self.p[x]]
        return x
    def union(self, a, b):
        a, b = self.find(a), self.find(b)
        if a != b: self.p[a] = b; self.n -= 1
        return a != b
u = UF(10); print([u.union(a, b) for a, b in [(1, 2), (3, 4), (2, 3), (1, 4), (9, 0)]], u.n)
edges = sorted((w, a, b) for a, b, w in [(0, 1, 4), (1, 2, 8), (0, 2, 3), (2, 3, 1), (1, 3, 7)]); u = UF(4); print([e for e in edges if u.union(*e[1:])])
grid = ["S.#.", "..#.", "#...", "..#E"]
def solve(grid):
    q, seen = [((0, 0), "")], set()
    while q:
        (r, c), path = q.pop(0)
        if grid[r][c] == "E": return path
        for d, dr, dc in (("D", 1, 0), ("R", 0, 1), ("U", -1, 0), ("L", 0, -1)):
            p = r + dr, c + dc
            if 0 <= p[0] < 4 and 0 <= p[1] < 4 and grid[p[0]][p[1]] != "#" and p not in seen: seen.add(p); q.append((p, path + d))
print(solve(grid))
