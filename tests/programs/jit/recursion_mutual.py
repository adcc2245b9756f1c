# Functions and methods that call each other, three in a ring, and through objects.
def a(n): return 0 if n <= 0 else 1 + b(n - 1)
def b(n): return 0 if n <= 0 else 2 + c(n - 2)
def c(n): return 0.5 if n <= 0 else 3 + (a(n - 1) if n % 2 else b(n - 3))


print([a(n) for n in range(0, 200, 13)])


def female(n): return 1 if n == 0 else n - male(female(n - 1))
def male(n): return 0 if n == 0 else n - female(male(n - 1))


print([female(n) for n in range(22)], [male(n) for n in range(22)])


class Num:
    def __init__(self, v): self.v = v
    def eval(self): return self.v


class Op:
    def __init__(self, op, l, r): self.op, self.l, self.r = op, l, r
    def eval(self):
        l, r = self.l.eval(), self.r.eval()
        if self.op == '+': return l + r
        if self.op == '*': return l * r % 1000003
        return l - r


def build(d, k):
    return Num(k if k % 5 else k * 0.5) if d == 0 else Op('+*-'[k % 3], build(d - 1, k * 2), build(d - 1, k * 2 + 1))


e = build(7, 1)
print([e.eval() for _ in range(5)][-1], build(5, 3).eval())


def parse(s):
    pos = 0
    def expr():
        nonlocal pos
        v = term()
        while pos < len(s) and s[pos] in '+-':
            op = s[pos]
            pos += 1
            w = term()
            v = v + w if op == '+' else v - w
        return v
    def term():
        nonlocal pos
        v = atom()
        while pos < len(s) and s[pos] == '*':
            pos += 1
            v *= atom()
        return v
    def atom():
        nonlocal pos
        if s[pos] == '(':
            pos += 1
            v = expr()
            pos += 1
            return v
        start = pos
        while pos < len(s) and s[pos].isdigit():
            pos += 1
        return int(s[start:pos])
    return expr()


print([parse(s) for s in ('1+2*3', '(1+2)*3', '((2*3)+4)*(5-(6-7))', '2*(3+(4*(5+6)))-1')] * 3)
print(parse('+'.join('(%d*%d-%d)' % (i, i + 1, i + 2) for i in range(60))))


def walk(tree, visit):
    for k in tree:
        visit(k)
        walk(tree[k], visit)


seen = []
def grow(d): return {} if d == 0 else {i * d: grow(d - 1) for i in range(3)}
walk(grow(5), seen.append)
print(len(seen), sum(seen))
