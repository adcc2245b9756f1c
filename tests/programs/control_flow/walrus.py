if (n := 10) > 5: print(n)
print((a := 1), (b := a + 1), a + b, [c := 3, c * 2], {(k := "x"): (v := 5)}, k, v)
data = iter([1, 2, 0, 3])
while (x := next(data)): print("got", x)
print(x, list(data))
def f(l): return [y for z in l if (y := z * 2) > 2], y
print(f([1, 2, 3]))
print(any((hit := w).startswith("b") for w in ["a", "bc", "d"]), hit)
def g(p=(q := 5)): return p, q
print(g(), q)
print(f"{(w := 7)} {w:=5} {w}", (lambda: (z := 4) + z)(), [(i, last := i) for i in range(3)], last)
total = 0
values = [total := total + v for v in [1, 2, 3]]
print(values, total)
if not (m := {}.get("x")): print("none", m)
x = (y := 3, 4); print(x, y)
def fact_list(n):
    r = 1
    return [r := r * i for i in range(1, n + 1)]
print(fact_list(6))
i = 0
while (i := i + 1) < 5:
    if (sq := i * i) > 8: break
print(i, sq)
class C:
    a = (b := 2) + 1
print(C.a, C.b)
print((t := [1, 2, 3])[0], len(t), max(t), t[(idx := 1)], idx, (lambda x: (x := x + 1))(5), not (e := 0), e)
def h():
    global gg
    (gg := 99)
h(); print(gg)
def nl():
    n = 1
    def inner():
        nonlocal n
        return (n := n + 1)
    inner(); return inner(), n
print(nl()); assert (ok := True); print(ok, [s for s in ["a", "", "b"] if (u := s.upper())], u)
