a = [1, 2, 3]; b = a; del a
try: a
except NameError as e: print(e)
print(b); x = y = z = 0; del x, (y, [z])
try: z
except NameError as e: print(e)
class C: pass
c = C(); c.p = 1; del c.p
try: c.p
except AttributeError as e: print(e)
try: del c.p
except AttributeError as e: print(e)
C.attr = 5; print(c.attr); del C.attr
try: c.attr
except AttributeError as e: print(e)
try: del C.attr
except AttributeError as e: print(e)
d = {"a": 1}; del d["a"]
try: del d["a"]
except KeyError as e: print(repr(e))
print("eval order")
def t(n, v=None): print("t", n); return v
L = [0, 1, 2, 3]; L[t(1, 0)], L[t(2, 1)] = t(3, 10), t(4, 11); print(L)
t("dict", d)[t("key", "k")] = t("val", "v"); print(d)
t("o", c).x = t("v", 1); L[t("i", 0)] += t("rhs", 5); print(L)
{t("k1", 1): t("v1"), t("k2", 2): t("v2")}; [t("a"), t("b")]; t("l", 1) + t("r", 2) * t("r2", 3); t("c1", 1) < t("c2", 5) < t("c3", 2) < t("never")
t("f", lambda *a, **k: None)(t("arg1"), *t("star", [1]), kw=t("kw")); t("x", True) and t("y", False) or t("z"); t("then") if t("cond", 1) else t("else")
def f(x): x = x + (x := 10) + x; return x
print(f(1)); i = 5; i = i + (i := 2) * i; print(i); L = [1, 2]; L[0], L = 9, [7]; print(L)
def g():
    n = 1
    def bump():
        nonlocal n
        n += 100
        return n
    return n + bump() + n, (n, bump(), n)
print(g()); k = [1]; k[0] = k; print(k); s = "ab"; s = s[0] + (s := "xy")[1] + s; print(s)
