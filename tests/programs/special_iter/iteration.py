class Count:
    def __init__(self, n): self.n = n
    def __iter__(self): print("iter", end=" "); return self
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1
        return self.n
c = Count(3); print(list(c), list(c)); print([x for x in Count(2)], sum(Count(4)), 2 in Count(5), max(Count(3)), dict(zip(Count(2), "ab")), tuple(Count(2)), sorted(Count(3)), "".join(map(str, Count(3))))
a, b, *r = Count(4); print(a, b, r); it = iter(Count(2)); print(next(it), next(it), next(it, "dflt"))
class NoNext:
    def __iter__(self): return 5
class BadIter:
    def __iter__(self): return self
class IterRaise:
    def __iter__(self): raise ValueError("iter!")
class NextRaise(Count):
    def __next__(self): raise KeyError("next!")
for f in (lambda: list(NoNext()), lambda: list(BadIter()), lambda: list(IterRaise()), lambda: list(NextRaise(1)), lambda: [x for x in NoNext()], lambda: iter(5), lambda: next(5), lambda: next([]), lambda: next(iter([])), lambda: iter(), lambda: next(), lambda: iter(5, 1), lambda: 1 in NoNext(), lambda: (lambda a, b: 0)(*NoNext()), lambda: zip(1), lambda: enumerate(5), lambda: sum(5), lambda: list(zip([1], 5)), lambda: max(5), lambda: sorted(None), lambda: tuple(1), lambda: dict(1), lambda: "".join(1), lambda: reversed(5), lambda: any(None), lambda: [*5], lambda: set(3), lambda: min(iter([])), lambda: max([])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
x = [1, 2, 3]; it = iter(x); print(list(zip(it, it)), list(iter(lambda: x.pop(), 1)), x); e = enumerate("ab", 5); print(next(e), list(e), list(enumerate([], 3)), type(e).__name__)
z = zip([1, 2, 3], "ab"); print(list(z), list(zip()), list(zip([1])), list(zip([1, 2], [3, 4], strict=True)))
try: list(zip([1], [1, 2], strict=True))
except ValueError as e: print(e)
try: list(zip([1, 2], [1], strict=True))
except ValueError as e: print(e)
i1 = iter([1, 2, 3, 4]); print(list(zip(i1, [10, 20])), next(i1)); print(list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), iter(it) is it, list(reversed([1, 2])), next(reversed("ab")))
class Tree:
    def __init__(self, v, *k): self.v, self.k = v, k
    def __iter__(self):
        yield self.v
        for c in self.k: yield from c
print(list(Tree(1, Tree(2, Tree(3)), Tree(4))))
class Restart:
    def __iter__(self): return iter("xy")
r = Restart(); print(list(r), list(r), [(a, b) for a in r for b in r]); d = {"a": 1}; print([k for k in d], next(iter(d.items())), [*{1: 2}.values()])
for x in iter([]): print("no")
else: print("done")
