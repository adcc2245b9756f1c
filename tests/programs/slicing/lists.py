a = list(range(10))
for s in (slice(None), slice(2, 5), slice(-3, None), slice(None, -3), slice(None, None, 2), slice(None, None, -1), slice(8, 2, -2), slice(2, 8, -1), slice(100), slice(-100, 100), slice(5, 5), slice(None, None, -3), slice(-1, -11, -1), slice(0, 10, 100), slice(9, None, -100)):
    print(s, a[s], "".join(map(str, a))[s], tuple(a)[s] == tuple(a[s]), range(10)[s], s.indices(10))
b = a[:]; b[2:5] = ["x"]; print(b); b[0:0] = [7, 8]; print(b); b[-2:] = []; print(b); b[1:4] = range(5); print(b); b[::2] = [0] * len(b[::2]); print(b); b[::-1] = list(range(len(b))); print(b); b[5:2] = ["ins"]; print(b)
c = list(range(10)); del c[::3]; print(c); del c[-2:]; print(c); del c[::-2]; print(c); del c[:]; print(c)
d = [1, 2, 3]
def sa(i, v): d[i] = v
for i, v in ((slice(None, None, 2), [1]), (slice(None, None, -1), [1, 2]), (slice(0, 1), 5), (slice(None, None, 0), []), (slice("a", 1), [1]), (slice(1.5), [1])):
    try:
        sa(i, v); print(d)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
s = slice(1, 10, 3); print(s.start, s.stop, s.step, s == slice(1, 10, 3), repr(slice(None, 5)), slice(5).indices(3), slice(-5, None, -2).indices(4), slice(1, 2) < slice(1, 3))
for f in (lambda: slice(), lambda: a[::0], lambda: a["a":], lambda: a[1:"b"], lambda: "abc"[1.0:], lambda: slice(1, 2, 0).indices(5), lambda: slice(1).indices(-1), lambda: {}[1:2]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class G:
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print("set", k, v)
    def __delitem__(self, k): print("del", k)
g = G(); print(g[1], g[1:2], g[1:2, 3], g[...], g[:, ::2], g[()], g[1, 2], g["a":"b":"c"], g[None:None], g[*[1, 2]], g[-1]); g[1:2] = 3; g[0, ...] = 4; del g[::2]; g[1] = g[2] = 5
class Ix:
    def __index__(self): return 3
print(a[Ix():], a[:Ix()], a[::Ix()], a[True], a[-True:], hash(slice(1, 2)) == hash(slice(1, 2)))
