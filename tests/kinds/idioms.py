# What people write on one line within loops, over short data: nanoseconds an iteration, by name. `cargo xtask kinds` compares them
# with CPython's.
import sys
import time

T = time.perf_counter
N = int(sys.argv[1]) if len(sys.argv) > 1 else 60000
cases = {}
def case(f):
    cases[f.__name__] = f
    return f
@case
def sum_gen(n):
    t = (1, 2, 3); s = 0
    for k in range(n): s += sum(x * 2 for x in t)
    return s
@case
def sum_gen_if(n):
    t = [1, 2, 3, 4]; s = 0
    for k in range(n): s += sum(1 for x in t if x > 2)
    return s
@case
def any_gen(n):
    t = (1, 2, 3); s = 0
    for k in range(n): s += any(x > k for x in t)
    return s
@case
def all_gen(n):
    t = (1, 2, 3); s = 0
    for k in range(n): s += all(x < k for x in t)
    return s
@case
def max_gen(n):
    t = (1, 2, 3); s = 0
    for k in range(n): s += max(x ^ k for x in t)
    return s
@case
def min_key(n):
    t = [3, 1, 2]; s = 0
    for k in range(n): s += min(t, key=lambda x: abs(x - 2))
    return s
@case
def list_gen(n):
    t = [3, 1, 2]; s = 0
    for k in range(n): s += len(list(x for x in t))
    return s
@case
def set_gen(n):
    t = [3, 1, 2]; s = 0
    for k in range(n): s += len(set(x & 1 for x in t))
    return s
@case
def dict_gen(n):
    t = [3, 1, 2]; s = 0
    for k in range(n): s += dict((x, k) for x in t)[1]
    return s
@case
def tuple_gen(n):
    t = [3, 1, 2]; s = 0
    for k in range(n): s += tuple(x + k for x in t)[1]
    return s
@case
def list_comp(n):
    t = [3, 1, 2]; s = 0
    for k in range(n): s += [x + k for x in t][1]
    return s
@case
def list_comp_if(n):
    t = [3, 1, 2]; s = 0
    for k in range(n): s += len([x for x in t if x != k & 3])
    return s
@case
def dict_comp(n):
    t = [3, 1, 2]; s = 0
    for k in range(n): s += {x: k for x in t}[1]
    return s
@case
def nested_comp(n):
    s = 0
    for k in range(n): s += len([[x * y for x in range(2)] for y in range(2)])
    return s
@case
def enumerate_short(n):
    t = (1, 2, 3); s = 0
    for k in range(n):
        for i, x in enumerate(t): s += i * x
    return s
@case
def zip_short(n):
    t = (1, 2, 3); u = [4, 5, 6]; s = 0
    for k in range(n):
        for a, b in zip(t, u): s += a * b
    return s
@case
def reversed_short(n):
    t = (1, 2, 3); s = 0
    for k in range(n):
        for x in reversed(t): s += x ^ k
    return s
@case
def range_short(n):
    s = 0
    for k in range(n):
        for x in range(3): s += x ^ k
    return s
@case
def items_short(n):
    d = {'a': 1, 'b': 2}; s = 0
    for k in range(n):
        for a, b in d.items(): s += b
    return s
@case
def map_short(n):
    t = (1, -2, 3); s = 0
    for k in range(n):
        for x in map(abs, t): s += x
    return s
@case
def map_lambda(n):
    t = (1, -2, 3); s = 0
    for k in range(n): s += sum(map(lambda x: x + k, t))
    return s
@case
def filter_lambda(n):
    t = (1, -2, 3); s = 0
    for k in range(n): s += len(list(filter(lambda x: x > 0, t)))
    return s
@case
def iter_next(n):
    t = (1, 2, 3); s = 0
    for k in range(n):
        it = iter(t); s += next(it) + next(it)
    return s
@case
def next_gen(n):
    t = (1, 2, 3); s = 0
    for k in range(n): s += next((x for x in t if x > 1), 0)
    return s
@case
def star_unpack(n):
    t = (1, 2, 3); s = 0
    for k in range(n):
        a, *b = t; s += a + len(b)
    return s
@case
def star_list(n):
    t = (1, 2, 3); s = 0
    for k in range(n): s += len([*t, k])
    return s
@case
def dict_literal(n):
    s = 0
    for k in range(n):
        d = {'x': k, 'y': 2}; s += d['x'] + d['y']
    return s
@case
def dict_merge(n):
    d = {'a': 1}; s = 0
    for k in range(n): s += len({**d, 'b': k})
    return s
@case
def f_string(n):
    s = 0
    for k in range(n): s += len(f"{k}:{k & 7:>4}")
    return s
@case
def str_join(n):
    t = ['a', 'b', 'c']; s = 0
    for k in range(n): s += len(','.join(t))
    return s
@case
def str_join_gen(n):
    t = [1, 2, 3]; s = 0
    for k in range(n): s += len(','.join(str(x) for x in t))
    return s
@case
def str_split(n):
    s = 0
    for k in range(n): s += len('a b c'.split())
    return s
@case
def str_iter(n):
    s = 0
    for k in range(n):
        for c in 'abc': s += c == 'b'
    return s
@case
def str_slice(n):
    t = 'hello world'; s = 0
    for k in range(n): s += len(t[k & 3:5])
    return s
@case
def str_startswith(n):
    t = 'hello world'; s = 0
    for k in range(n): s += t.startswith('hello') + t.endswith('x')
    return s
@case
def str_strip(n):
    s = 0
    for k in range(n): s += len(' ab '.strip())
    return s
@case
def str_isdigit(n):
    t = 'a1b2'; s = 0
    for k in range(n): s += t[k & 3].isdigit()
    return s
@case
def str_ord_chr(n):
    s = 0
    for k in range(n): s += ord(chr(97 + k % 26))
    return s
@case
def str_concat(n):
    s = 0
    for k in range(n):
        t = 'a' + 'bc'; t += 'd'; s += len(t)
    return s
@case
def sorted_short(n):
    t = [3, 1, 2]; s = 0
    for k in range(n): s += sorted(t)[0]
    return s
@case
def sorted_key(n):
    t = [3, 1, 2]; s = 0
    for k in range(n): s += sorted(t, key=lambda x: -x)[0]
    return s
@case
def chained_compare(n):
    s = 0
    for k in range(n): s += 10 < k < 5000
    return s
@case
def tuple_return(n):
    def f(a, b): return a + b, a - b
    s = 0
    for k in range(n):
        x, y = f(k, 1); s += x * y
    return s
@case
def try_except_miss(n):
    d = {1: 2}; s = 0
    for k in range(n):
        try: s += d[k & 1]
        except KeyError: s += 5
    return s
@case
def with_block(n):
    class C:
        def __enter__(self): return 3
        def __exit__(self, *a): return False
    c = C(); s = 0
    for k in range(n):
        with c as v: s += v
    return s
@case
def lambda_call(n):
    f = lambda x, y=2: x * y; s = 0
    for k in range(n): s += f(k)
    return s
@case
def closure_counter(n):
    c = 0
    def inc():
        nonlocal c
        c += 1
    for k in range(n): inc()
    return c
@case
def isinstance_tuple(n):
    s = 0
    for k in range(n): s += isinstance(k, (str, int))
    return s
@case
def type_is(n):
    s = 0
    for k in range(n): s += type(k) is int
    return s
@case
def getattr_default(n):
    class C: x = 1
    c = C(); s = 0
    for k in range(n): s += getattr(c, 'x', 0) + getattr(c, 'y', 2)
    return s
@case
def len_guest(n):
    class C:
        def __len__(self): return 3
    c = C(); s = 0
    for k in range(n): s += len(c)
    return s
@case
def iter_guest(n):
    class C:
        def __init__(self): self.i = 0
        def __iter__(self): return self
        def __next__(self):
            if self.i == 3: raise StopIteration
            self.i += 1
            return self.i
    s = 0
    for k in range(n):
        for x in C(): s += x
    return s
@case
def generator_short(n):
    def g(m):
        i = 0
        while i < m:
            yield i
            i += 1
    s = 0
    for k in range(n):
        for x in g(3): s += x
    return s
@case
def property_get(n):
    class C:
        def __init__(self): self._x = 2
        @property
        def x(self): return self._x
    c = C(); s = 0
    for k in range(n): s += c.x
    return s
@case
def static_class_method(n):
    class C:
        @staticmethod
        def f(x): return x + 1
        @classmethod
        def g(cls, x): return x + 2
    s = 0
    for k in range(n): s += C.f(k) + C.g(k)
    return s
@case
def super_call(n):
    class A:
        def f(self, x): return x
    class B(A):
        def f(self, x): return super().f(x) + 1
    b = B(); s = 0
    for k in range(n): s += b.f(k)
    return s
@case
def dataclass_like(n):
    class P:
        def __init__(self, x, y): self.x = x; self.y = y
        def __eq__(self, o): return self.x == o.x and self.y == o.y
    s = 0; q = P(3, 4)
    for k in range(n): s += P(k & 3, 4) == q
    return s
@case
def call_method(n):
    class C:
        def __call__(self, x): return x + 1
    c = C(); s = 0
    for k in range(n): s += c(k)
    return s
@case
def setitem_guest(n):
    class C:
        def __init__(self): self.d = {}
        def __getitem__(self, k): return self.d[k]
        def __setitem__(self, k, v): self.d[k] = v
    c = C(); s = 0
    for k in range(n):
        c[k & 7] = k; s += c[k & 7]
    return s
@case
def divmod_round(n):
    s = 0
    for k in range(n):
        q, r = divmod(k, 7); s += q + r + round(k / 3)
    return s
@case
def int_parse(n):
    s = 0
    for k in range(n): s += int('123') + int(k / 2)
    return s
@case
def float_format(n):
    s = 0
    for k in range(n): s += len('%.2f' % (k / 7)) + len(str(k))
    return s
@case
def conditional_expr(n):
    s = 0
    for k in range(n): s += (k if k & 1 else -k)
    return s
@case
def while_true_break(n):
    s = 0
    for k in range(n):
        i = 0
        while True:
            i += 1
            if i > 2: break
        s += i
    return s
@case
def for_else(n):
    t = (1, 2, 3); s = 0
    for k in range(n):
        for x in t:
            if x == k: break
        else: s += 1
    return s
@case
def swap(n):
    a = 1; b = 2
    for k in range(n): a, b = b, a + (k & 1)
    return a
@case
def slices(n):
    t = [1, 2, 3, 4, 5]; s = 0
    for k in range(n): s += len(t[1:]) + t[::-1][0] + len(t[:2])
    return s
@case
def list_ops(n):
    s = 0
    for k in range(n):
        l = [k, 1]; l.append(2); l.extend((3, 4)); l.insert(0, 5); s += l.pop(0) + l.index(2) + (3 in l) + l.count(1)
    return s
@case
def list_repeat_concat(n):
    s = 0
    for k in range(n): s += len([0] * 4) + len([1, 2] + [3])
    return s
@case
def set_ops(n):
    a = {1, 2, 3}; b = {2, 3, 4}; s = 0
    for k in range(n): s += len(a & b) + len(a | b) + (k in a) + (a == b)
    return s
@case
def dict_methods(n):
    s = 0
    for k in range(n):
        d = {}; d['a'] = k; d.update(b=2); d.setdefault('c', 3); s += d.pop('a') + len(d.keys()) + sum(d.values())
    return s
@case
def del_items(n):
    s = 0
    for k in range(n):
        d = {1: 2, 3: 4}; del d[1]; l = [1, 2]; del l[0]; s += len(d) + len(l)
    return s
@case
def walrus(n):
    t = [1, 2, 3]; s = 0
    for k in range(n):
        if (m := len(t)) > 2: s += m
    return s
@case
def global_counter(n):
    global counter
    counter = 0
    for k in range(n): counter += 1
    return counter
@case
def str_methods(n):
    s = 0
    for k in range(n): s += len('a-b'.replace('-', '+')) + 'abc'.find('c') + len('abc'.upper()) + len('x'.zfill(4))
    return s
@case
def bytes_ops(n):
    b = b'hello'; s = 0
    for k in range(n): s += b[k % 5] + len(b[1:3])
    return s
@case
def bit_tricks(n):
    s = 0
    for k in range(n): s += (k & -k) + (k >> 3 ^ k << 2) + bin(k).count('1') + k.bit_length()
    return s
@case
def pow_mod(n):
    s = 0
    for k in range(n): s += pow(k, 3, 1007) + k ** 3 % 7
    return s
@case
def assert_stmt(n):
    s = 0
    for k in range(n):
        assert k >= 0, "negative"
        s += 1
    return s
@case
def print_like(n):
    out = []
    for k in range(n): out.append("%d %s" % (k, 'a'))
    return len(out)
@case
def recursive_sum(n):
    def f(l): return l[0] + f(l[1:]) if l else 0
    s = 0
    for k in range(n // 4): s += f([1, 2, 3])
    return s
@case
def default_mutable(n):
    def f(x, acc=None):
        if acc is None: acc = []
        acc.append(x)
        return acc
    s = 0
    for k in range(n): s += len(f(k))
    return s
@case
def kwonly_call(n):
    def f(a, *, b=1, c=2): return a + b + c
    s = 0
    for k in range(n): s += f(k, c=3)
    return s
@case
def exception_raise(n):
    class E(Exception): pass
    s = 0
    for k in range(n):
        try:
            if k & 1: raise E("x")
            s += 1
        except E as e: s += len(e.args)
    return s


for name, f in cases.items():
    start = T()
    result = f(N)
    print(name, (T() - start) * 1e9 / N, result if isinstance(result, int) else "")
