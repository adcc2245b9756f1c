s = {3, 1, 2}
print(s, len(s), 1 in s, 5 in s, set(), {1}, set([1, 1, 2]), set("a"), frozenset([1, 2]), frozenset(), type({}).__name__, {1, 1.0, True})
s.add(4); s.add(1); s.discard(99); s.remove(2); print(s, s.pop() in (1, 3, 4), len(s))
a, b = {1, 2, 3, 4}, {3, 4, 5}
print(a | b, a & b, a - b, b - a, a ^ b, a.union(b, [9]), a.intersection([1, 2], [2]), a.difference([1]), a.symmetric_difference([1, 9]), a.union(), a.isdisjoint(b), {1}.issubset(a), a.issuperset([1]))
print(a < b, {1} < a, a <= a, a < a, a > {1}, a == {4, 3, 2, 1}, a != b, a == frozenset(a), {1} | frozenset([2]), type({1} | frozenset([2])).__name__, type(frozenset([2]) | {1}).__name__)
c = a; c |= {10}; c &= {1, 2, 10}; c -= {1}; c ^= {2, 77}; print(a is c, sorted(c)); c.update([5], (6,)); c.intersection_update({5, 6, 7}); c.difference_update([6]); c.symmetric_difference_update([5, 8]); print(c, c.copy(), c.clear(), c)
for f in (lambda: {[]}, lambda: {1} | [1], lambda: {1} + {2}, lambda: {1}.remove(5), lambda: set().pop(), lambda: hash({1}), lambda: set(5), lambda: {1} < [1], lambda: frozenset([1]).add(2), lambda: {1}.add([]), lambda: {1}.union(5), lambda: [] in {1}, lambda: set(1, 2), lambda: {1}.remove("x"), lambda: {1} <= 5, lambda: {{}}, lambda: {1}.discard()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(hash(frozenset([1, 2])) == hash(frozenset([2, 1])), {frozenset([1]): "x"}[frozenset([1])], frozenset([1]) in {frozenset([1])}, {1} in {frozenset([1])}, {frozenset({1})} == {frozenset([1])})
x = set(range(5))
try:
    for v in x: x.add(v + 100)
except RuntimeError as e:
    print(e)
print(min({3, 1}), max({3, 1}), sum({1, 2}), sorted({"b", "a"}), any({0}), {x * x % 7 for x in range(20)}, {i for i in "a"}, bool(set()), list({5}), tuple({()}), {*[1, 2], *(2, 3)})
