class A:
    """Doc of A."""
    count = 0
    def __init__(self, x, y=2):
        self.x, self.y = x, y
        A.count += 1
    def total(self): return self.x + self.y
    def chain(self, n):
        self.x += n
        return self
    @classmethod
    def make(cls, s): return cls(*map(int, s.split(",")))
    @staticmethod
    def helper(v): return v * 2
a, b = A(1), A(3, y=4)
print(a.total(), b.total(), A.count, a.count, A.total(b), a.chain(5).chain(1).x, A.make("7,8").total(), a.make("1").y, A.helper(4), b.helper(5))
a.count = 99; print(a.count, A.count, b.count, a.__dict__, b.__dict__, A.__doc__, A.__name__, A.__qualname__, A.__module__, type(a) is A, isinstance(a, A), a.__class__.__name__)
m = a.total; print(m(), m.__self__ is a, m.__name__, m.__func__ is A.total, a.total == a.total, a.total is a.total, A.total is A.total)
a.z = 1; a.f = lambda: "inst f"; A.g = lambda self: self.z; print(a.z, a.f(), a.g(), hasattr(b, "z"), sorted(vars(a)) == sorted(a.__dict__))
for f in (lambda: b.z, lambda: A.nope, lambda: A(), lambda: A(1, 2, 3), lambda: a.total(1), lambda: a(), lambda: A.total(), lambda: a + 1, lambda: a[0], lambda: len(a), lambda: a < b, lambda: iter(a), lambda: -a, lambda: int(a), lambda: 5 in a, lambda: a.__nope__, lambda: next(a), lambda: object().x, lambda: object(1), lambda: a @ b, lambda: setattr(object(), "x", 1), lambda: A.total.zzz, lambda: a.total.zzz):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class Empty: pass
print(Empty().__dict__, Empty.__doc__, Empty.__bases__, Empty.__mro__, isinstance(Empty, type), issubclass(A, object), A is not Empty, type(Empty), Empty)
class Node:
    class Inner:
        val = 5
    def __init__(self, v, next=None): self.v, self.next = v, next
    def __iter__(self):
        n = self
        while n: yield n.v; n = n.next
print(list(Node(1, Node(2, Node(3)))), Node.Inner.val, Node.Inner.__qualname__, Node(1).Inner().val)
x = Empty(); x.__dict__["k"] = 1; print(x.k); x.__class__ = A; print(isinstance(x, A), x.helper(3)); setattr(x, "q", 5); print(getattr(x, "q"), getattr(x, "no", None)); delattr(x, "q"); print(hasattr(x, "q"))
