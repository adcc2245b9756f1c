l, d, s = [], {}, set()
class E:
    def __eq__(self, o): l.clear(); d.clear(); s.clear(); l.extend(range(1000)); d.update({i: i for i in range(1000)}); return False
    def __hash__(self): return 5
    def __repr__(self): l.clear(); d.clear(); return "E"
    def __index__(self): l.clear(); return 0
    def __iter__(self): l.clear(); return iter([1, 2])
for f in (lambda: E() in l, lambda: l == [E(), E(), E()], lambda: d.get(E()), lambda: d.pop(E(), 0), lambda: E() in s, lambda: l.index(E()), lambda: l.count(E()), lambda: l.remove(E()), lambda: repr(l), lambda: repr(d), lambda: l[E():E()], lambda: l.insert(E(), 1), lambda: l.pop(E()), lambda: l.extend(E()), lambda: l.__setitem__(slice(E(), None), E()), lambda: l.__delitem__(E()), lambda: s | {E()}, lambda: s == {E()}, lambda: d == {E(): 1}, lambda: sorted(l, key=lambda x: l.clear()), lambda: list(map(lambda x: l.clear(), l)), lambda: [l.clear() for x in l], lambda: "".join(l.clear() or "x" for x in l), lambda: max(l, key=lambda x: l.clear() or 0), lambda: d.setdefault(E(), 1), lambda: d.update({E(): 1}), lambda: l.__imul__(E()), lambda: l * E(), lambda: zip(l, E()), lambda: bytes([E(), E()]), lambda: " ".join(map(repr, l)), lambda: l.sort(key=lambda x: l.append(1))):
    l = [E(), 1, E(), 2, E()]; d = {E(): 1, 5: 2}; s = {E(), 5}
    try: r = f(); print(type(r).__name__)
    except Exception as e: print(type(e).__name__)
