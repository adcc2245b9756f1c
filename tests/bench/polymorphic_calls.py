# Calls that meet many classes at one site: expression trees, shapes, visitors, callables.


class Num:
    def __init__(self, value):
        self.value = value

    def eval(self, env):
        return self.value

    def size(self):
        return 1


class Var(Num):
    def eval(self, env):
        return env[self.value]


class Pair:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def eval(self, env):
        return self.apply(self.left.eval(env), self.right.eval(env))

    def size(self):
        return 1 + self.left.size() + self.right.size()


class Add(Pair):
    def apply(self, a, b):
        return a + b


class Sub(Pair):
    def apply(self, a, b):
        return a - b


class Mul(Pair):
    def apply(self, a, b):
        return a * b % 10007


class Less(Pair):
    def apply(self, a, b):
        return 1 if a < b else 0


class If:
    def __init__(self, test, then, other):
        self.test = test
        self.then = then
        self.other = other

    def eval(self, env):
        return self.then.eval(env) if self.test.eval(env) else self.other.eval(env)

    def size(self):
        return 1 + self.test.size() + self.then.size() + self.other.size()


def build(depth, seed):
    if depth == 0:
        return Num(seed % 17) if seed & 1 else Var("xyz"[seed % 3])
    kind = (seed // 7) % 5
    a, b = build(depth - 1, seed * 5 + 1), build(depth - 1, seed * 3 + 2)
    if kind == 4:
        return If(Less(a, b), a, b)
    return (Add, Sub, Mul, Less)[kind](a, b)


class Square:
    sides = 4

    def __init__(self, n):
        self.n = n

    def area(self):
        return self.n * self.n


class Rect:
    sides = 4

    def __init__(self, n):
        self.w = n
        self.h = n + 1

    def area(self):
        return self.w * self.h


class Circle:
    sides = 0

    def __init__(self, n):
        self.r = n

    @property
    def diameter(self):
        return 2 * self.r

    def area(self):
        return 3 * self.diameter * self.r


class Triangle(Rect):
    sides = 3

    def area(self):
        return super().area() // 2


class Counter:
    def __init__(self):
        self.calls = 0

    def __call__(self, n):
        self.calls += 1
        return n + 1


def main():
    tree = build(9, 12345)
    total = 0
    for i in range(5000):
        total += tree.eval({"x": i, "y": i * 3 % 11, "z": 7})
    print(tree.size(), total)
    shapes = [(Square, Rect, Circle, Triangle)[i * i % 7 % 4](i % 10) for i in range(1000)]
    area = sides = 0
    for _ in range(1700):
        for shape in shapes:
            area += shape.area()
            sides += shape.sides
    print(area, sides)
    counter = Counter()
    functions = [counter, lambda n: n * 2, abs, Square(3).n.__add__, int, counter.__call__]
    n = 1
    for i in range(3400000):
        n = functions[i % 6](n) % 65537
    print(n, counter.calls)


main()
