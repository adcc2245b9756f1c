# The module math, where it meets guest code.


def floor_of(v):
    m = _special(v, "__floor__")
    if m is not None:
        return m()
    return _math_floor(real_of(v))


def ceil_of(v):
    m = _special(v, "__ceil__")
    if m is not None:
        return m()
    return _math_ceil(real_of(v))


def trunc_of(v):
    m = _special(v, "__trunc__")
    if m is None:
        raise TypeError(f"type {_type_name(v)} doesn't define __trunc__ method")
    return m()


def hypot_of(items):
    return _math_hypot(*[real_of(x) for x in items])


def fsum_of(items):
    return _math_fsum([real_of(x) for x in items])


def dist_of(p, q):
    if len(p) != len(q):
        raise ValueError("both points must have the same number of dimensions")
    return _math_dist(tuple([real_of(x) for x in p]), tuple([real_of(x) for x in q]))


def _index_of(v):
    m = _special(v, "__index__")
    if m is None:
        raise TypeError(f"'{_type_name(v)}' object cannot be interpreted as an integer")
    r = m()
    if not isinstance(r, int):
        raise TypeError(f"__index__ returned non-int (type {_type_name(r)})")
    return _int_value(r)


def gcd_of(items):
    return _math_gcd(*[_index_of(x) for x in items])


def lcm_of(items):
    return _math_lcm(*[_index_of(x) for x in items])


def prod_of(items, start):
    for x in items:
        start = start * x
    return start


def sumprod_of(p, q):
    n = len(p)
    if n != len(q):
        raise ValueError("Inputs are not the same length")
    total = 0
    for i in range(n):
        total = total + p[i] * q[i]
    return total
