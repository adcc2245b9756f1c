class Shape:
    def area(self): return 0
    def name(self): return type(self).__name__
class Sq(Shape):
    def __init__(self, s): self.s = s
    def area(self): return self.s * self.s
class Rect(Shape):
    def __init__(self, w, h): self.w, self.h = w, h
    def area(self): return self.w * self.h
class Circ(Shape):
    def __init__(self, r): self.r = r
    def area(self): return 3 * self.r * self.r
class Tri(Rect):
    def area(self): return super().area() // 2
class Unit(Shape): pass
shapes = [Sq(2), Rect(2, 3), Circ(1), Tri(4, 5), Unit()]
t = 0; names = {}
for i in range(500):
    s = shapes[i * 7 % 5]; t += s.area(); names[s.name()] = names.get(s.name(), 0) + 1
print(t, names)
for s in shapes: s.tag = s.name().lower()
print([s.tag for s in shapes for _ in range(2)]); Sq.area = lambda self: -1; print(sum(s.area() for s in shapes)); del Tri.area; print(shapes[3].area())
ops = [lambda a, b: a + b, lambda a, b: a * b, max, min, divmod, pow]
print([f(7, 3) for f in ops for _ in range(2)][::2]); acc = []
for v in [1, "a", 2.5, [1], (1,), {1: 2}, None, True, b"x", 10 ** 25] * 30:
    acc.append((str(v), repr(v), type(v).__name__, isinstance(v, (int, str)), bool(v)))
print(acc[:10], len(acc), acc[290:] == acc[:10])
class Stack:
    def __init__(self): self.items = []
    def push(self, x): self.items.append(x); return self
    def pop(self): return self.items.pop()
    def __len__(self): return len(self.items)
    def __bool__(self): return len(self.items) > 0
s = Stack()
for i in range(300): s.push(i)
while len(s) > 3: s.pop()
print(s.items, len(s)); 
def visit(n):
    k = n[0]
    if k == "num": return n[1]
    l, r = visit(n[1]), visit(n[2])
    return l + r if k == "add" else l * r if k == "mul" else l - r
tree = ("num", 1)
for i in range(60): tree = (("add", "mul", "sub")[i % 3], tree, ("num", i))
print(visit(tree))
