# One loop for each kind of operation: nanoseconds an iteration, by name. `cargo xtask kinds` compares them with CPython's.
import sys
import time

T = time.perf_counter
N = int(sys.argv[1]) if len(sys.argv) > 1 else 300000
cases = {}
def case(f):
    cases[f.__name__] = f
    return f
@case
def list_pop_append(n):
    l = []
    for i in range(n):
        l.append(i); l.append(i); l.pop()
        if len(l) > 100: l = []
    return len(l)
@case
def list_index(n):
    l = list(range(10)); s = 0
    for i in range(n): s += l[-1] + l[i % 10]
    return s
@case
def list_setitem(n):
    l = [0] * 10
    for i in range(n): l[i % 10] += i
    return sum(l)
@case
def dict_str_get(n):
    d = {'a': 1, 'b': 2, 'c': 3}; s = 0
    ks = ['a', 'b', 'c']
    for i in range(n): s += d[ks[i % 3]]
    return s
@case
def dict_int_incr(n):
    d = {}
    for i in range(n):
        k = i & 1023
        d[k] = d.get(k, 0) + 1
    return len(d)
@case
def dict_in(n):
    d = {i: i for i in range(100)}; s = 0
    for i in range(n):
        if i % 200 in d: s += 1
    return s
@case
def dict_pop(n):
    d = {}; s = 0
    for i in range(n):
        d[i] = i
        s += d.pop(i)
    return s
@case
def dict_items(n):
    d = {i: i for i in range(100)}; s = 0
    for j in range(n // 100):
        for k, v in d.items(): s += k + v
    return s
@case
def dict_literal(n):
    s = 0
    for i in range(n):
        d = {'x': i, 'y': 1}
        s += d['x']
    return s
@case
def set_add(n):
    st = set()
    for i in range(n): st.add(i & 255)
    return len(st)
@case
def set_in(n):
    st = set(range(100)); s = 0
    for i in range(n):
        if i % 200 in st: s += 1
    return s
@case
def tuple_pack(n):
    s = 0
    for i in range(n):
        t = (i, i + 1); a, b = t; s += a + b
    return s
@case
def tuple_list(n):
    l = []
    for i in range(n):
        l.append((i, i))
        if len(l) > 1000: l.clear()
    return len(l)
@case
def str_concat(n):
    s = ''
    for i in range(n):
        s += 'x'
        if len(s) > 100: s = ''
    return len(s)
@case
def str_format(n):
    t = 0
    for i in range(n): t += len(f'{i}:{i}')
    return t
@case
def str_percent(n):
    t = 0
    for i in range(n): t += len('%d-%s' % (i, 'a'))
    return t
@case
def str_of_int(n):
    t = 0
    for i in range(n): t += len(str(i))
    return t
@case
def int_of_str(n):
    t = 0; l = ['1', '22', '333']
    for i in range(n): t += int(l[i % 3])
    return t
@case
def str_index(n):
    s = 'hello world'; t = 0
    for i in range(n):
        if s[i % 11] == 'o': t += 1
    return t
@case
def str_iter(n):
    s = 'hello world' * 10; t = 0
    for j in range(n // 110):
        for c in s:
            if c == 'o': t += 1
    return t
@case
def str_split_join(n):
    s = 'a,b,c,d'; t = 0
    for i in range(n // 4): t += len(';'.join(s.split(',')))
    return t
@case
def str_methods(n):
    s = 'Hello World'; t = 0
    for i in range(n // 2): t += len(s.lower()) + s.startswith('He') + s.find('W')
    return t
@case
def str_compare(n):
    a = 'abc'; b = 'abd'; t = 0
    for i in range(n):
        if a < b: t += 1
        if a == b: t += 1
    return t
@case
def float_math(n):
    import math
    s = 0.0
    for i in range(n): s += math.sqrt(i) + math.sin(i)
    return s
@case
def math_floor(n):
    import math
    s = 0
    for i in range(n): s += math.floor(i / 3) + math.ceil(i / 3)
    return s
@case
def int_pow(n):
    s = 0
    for i in range(n): s += i ** 2 + 2 ** (i & 15)
    return s
@case
def int_divmod(n):
    s = 0
    for i in range(n):
        q, r = divmod(i, 7); s += q + r
    return s
@case
def round_float(n):
    s = 0.0
    for i in range(n): s += round(i / 7, 2)
    return s
@case
def bit_ops(n):
    s = 0
    for i in range(n): s ^= (i << 3) & 0xffff | (i >> 2)
    return s
@case
def lcg64(n):
    x = 1
    for i in range(n): x = (x * 6364136223846793005 + 1442695040888963407) & 0xffffffffffffffff
    return x
@case
def enumerate_loop(n):
    l = list(range(100)); s = 0
    for j in range(n // 100):
        for i, v in enumerate(l): s += i * v
    return s
@case
def zip_loop(n):
    l = list(range(100)); s = 0
    for j in range(n // 100):
        for a, b in zip(l, l): s += a * b
    return s
@case
def comprehension(n):
    s = 0
    for j in range(n // 100): s += len([x * 2 for x in range(100) if x & 1])
    return s
@case
def dict_comp(n):
    s = 0
    for j in range(n // 100): s += len({x: x * 2 for x in range(100)})
    return s
@case
def set_comp(n):
    s = 0
    for j in range(n // 100): s += len({x & 7 for x in range(100)})
    return s
@case
def genexpr_sum(n):
    s = 0
    for j in range(n // 100): s += sum(x * 2 for x in range(100))
    return s
@case
def sum_list(n):
    l = list(range(100)); s = 0
    for j in range(n // 100): s += sum(l)
    return s
@case
def any_all(n):
    l = list(range(100)); s = 0
    for j in range(n // 100): s += any(x == 99 for x in l)
    return s
@case
def sorted_key(n):
    l = [(i * 7919) % 1000 for i in range(100)]; s = 0
    for j in range(n // 100): s += sorted(l, key=lambda x: -x)[0]
    return s
@case
def sort_ints(n):
    l = [(i * 7919) % 1000 for i in range(100)]; s = 0
    for j in range(n // 100):
        m = l[:]; m.sort(); s += m[0]
    return s
@case
def list_slice(n):
    l = list(range(100)); s = 0
    for i in range(n): s += len(l[5:15])
    return s
@case
def list_concat(n):
    l = [1, 2, 3]; s = 0
    for i in range(n): s += len(l + l)
    return s
@case
def list_in(n):
    l = list(range(20)); s = 0
    for i in range(n):
        if 15 in l: s += 1
    return s
@case
def list_insert0(n):
    s = 0; l = []
    for i in range(n):
        l.insert(0, i)
        if len(l) > 50: l = []
    return len(l)
@case
def list_pop0(n):
    l = []; s = 0
    for i in range(n):
        l.append(i)
        if len(l) > 20: s += l.pop(0)
    return s
@case
def nested_list(n):
    m = [[j for j in range(10)] for i in range(10)]; s = 0
    for i in range(n): s += m[i % 10][i % 7]
    return s
@case
def method_call(n):
    class A:
        def __init__(self): self.x = 0
        def inc(self, k): self.x += k
    a = A()
    for i in range(n): a.inc(i)
    return a.x
@case
def property_get(n):
    class A:
        def __init__(self): self._x = 1
        @property
        def x(self): return self._x
    a = A(); s = 0
    for i in range(n): s += a.x
    return s
@case
def class_new(n):
    class P:
        __slots__ = ('x', 'y')
        def __init__(self, x, y): self.x = x; self.y = y
    s = 0; l = []
    for i in range(n):
        p = P(i, i); l.append(p)
        if len(l) > 100: l = []
        s += p.x
    return s
@case
def dunder_add(n):
    class V:
        def __init__(self, x): self.x = x
        def __add__(self, o): return V(self.x + o.x)
    a = V(0); b = V(1)
    for i in range(n): a = a + b
    return a.x
@case
def dunder_getitem(n):
    class V:
        def __init__(self): self.d = [1, 2, 3]
        def __getitem__(self, i): return self.d[i]
        def __len__(self): return 3
    v = V(); s = 0
    for i in range(n): s += v[i % 3] + len(v)
    return s
@case
def dunder_eq_hash(n):
    class K:
        def __init__(self, v): self.v = v
        def __eq__(self, o): return self.v == o.v
        def __hash__(self): return hash(self.v)
    ks = [K(i) for i in range(50)]
    d = {k: 1 for k in ks}; s = 0
    for i in range(n // 4): s += d[ks[i % 50]]
    return s
@case
def isinstance_(n):
    s = 0; l = [1, 'a', 2.0]
    for i in range(n):
        x = l[i % 3]
        if isinstance(x, (int, str)): s += 1
        elif isinstance(x, float): s += 2
    return s
@case
def getattr_(n):
    class A: pass
    a = A(); a.x = 1; s = 0
    for i in range(n): s += getattr(a, 'x') + hasattr(a, 'y')
    return s
@case
def closure(n):
    def make():
        c = 0
        def inc():
            nonlocal c
            c += 1
            return c
        return inc
    f = make(); s = 0
    for i in range(n): s += f()
    return s
@case
def kwargs_call(n):
    def f(a, b=2, *, c=3): return a + b + c
    s = 0
    for i in range(n): s += f(i, c=1)
    return s
@case
def star_args(n):
    def f(*args): return len(args)
    s = 0
    for i in range(n): s += f(i, i, i)
    return s
@case
def star_call(n):
    def f(a, b, c): return a + b + c
    t = (1, 2, 3); s = 0
    for i in range(n): s += f(*t)
    return s
@case
def lambda_map(n):
    s = 0; l = list(range(100))
    for j in range(n // 100): s += sum(map(lambda x: x + 1, l))
    return s
@case
def filter_list(n):
    s = 0; l = list(range(100))
    for j in range(n // 100): s += len(list(filter(lambda x: x & 1, l)))
    return s
@case
def try_except(n):
    s = 0
    for i in range(n):
        try:
            if i % 10 == 0: raise ValueError
            s += 1
        except ValueError: s += 2
    return s
@case
def try_keyerror(n):
    d = {}; s = 0
    for i in range(n // 4):
        try: s += d[i]
        except KeyError: s += 1
    return s
@case
def with_stmt(n):
    class C:
        def __enter__(self): return self
        def __exit__(self, *a): return False
    c = C(); s = 0
    for i in range(n):
        with c: s += 1
    return s
@case
def generator(n):
    def g(k):
        for i in range(k): yield i
    s = 0
    for x in g(n): s += x
    return s
@case
def recursion(n):
    def f(k): return 1 if k < 2 else f(k - 1) + f(k - 2)
    return f(20)
@case
def string_build_list(n):
    out = []
    for i in range(n):
        out.append('ab')
        if len(out) > 1000: ''.join(out); out = []
    return len(out)
@case
def bytes_index(n):
    b = [0]*256; s = 0
    for i in range(n):
        b[i & 255] = i & 127
        s += b[(i + 1) & 255]
    return s
@case
def while_loop(n):
    i = 0; s = 0
    while i < n:
        if i % 3 == 0 and i % 5 != 0 or i % 7 == 1: s += i
        i += 1
    return s
@case
def ternary_chain(n):
    s = 0
    for i in range(n): s += 1 if 0 < i % 10 < 5 else 2
    return s
@case
def global_var(n):
    global G
    G = 0
    for i in range(n): G += 1
    return G
@case
def bigint_mul(n):
    x = 3 ** 100; s = 0
    for i in range(n // 4): s = (s + x * i) % (10 ** 40)
    return s
@case
def matrix_mul(n):
    k = 12
    a = [[float(i * j) for j in range(k)] for i in range(k)]
    s = 0.0
    for _ in range(n // 4000 + 1):
        for i in range(k):
            for j in range(k):
                t = 0.0
                for m in range(k): t += a[i][m] * a[m][j]
                s += t
    return s
@case
def str_join_gen(n):
    t = 0
    for j in range(n // 50): t += len(','.join(str(x) for x in range(50)))
    return t
@case
def dict_setdefault(n):
    d = {}
    for i in range(n): d.setdefault(i & 63, []).append(i)
    return len(d)
@case
def min_list(n):
    l = [5, 3, 8]; s = 0
    for i in range(n): s += min(l) + max(5, i, 7)
    return s
@case
def copy_list(n):
    l = [5, 3, 8]; s = 0
    for i in range(n): s += len(list(l)) + len(l[:])
    return s


for name, f in cases.items():
    start = T()
    result = f(N)
    print(name, (T() - start) * 1e9 / N, result if isinstance(result, int) else "")
