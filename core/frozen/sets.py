# Sets, and the set operations of dict views: feature `sets`.


def set_text(v):
    name = _type_name(v)
    if _len(v) == 0:
        return name + "()"
    text = "{" + ", ".join([repr(x) for x, h in _set_entries(v)]) + "}"
    if type(v) is set:
        return text
    return name + "(" + text + ")"


def view_and(a, b):
    if not is_set_view(a):
        a, b = b, a
    if (type(b) is set or type(b) is frozenset) and _len(a) <= _len(b):
        return b.intersection(a)
    if is_set_view(b) and _len(b) > _len(a):
        a, b = b, a
    result = set()
    for x in b:
        if x in a:
            result.add(x)
    return result


def view_or(a, b):
    result = set(a)
    result.update(b)
    return result


def view_sub(a, b):
    result = set(a)
    result.difference_update(b)
    return result


def view_xor(a, b):
    result = set(a)
    result.symmetric_difference_update(b)
    return result


# Slot of `v`, or -1.
def set_find(s, v, h):
    passed = 0
    while True:
        i = _set_candidate(s, v, h, passed)
        if not i & 1:
            return i >> 1
        i >>= 1
        k = _set_key(s, i)
        same = True if k == v else False
        if _set_key(s, i) is not k:
            passed = 0
        elif same:
            return i
        else:
            passed += 1


# As set_find, with a set standing for the frozenset of its items.
def set_locate(s, v):
    if _kind(v) != "set":
        return set_find(s, v, hash_as(v, "a set element"))
    try:
        h = hash(v)
    except TypeError:
        h = _set_hash(v)
    return set_find(s, v, h)


def set_put(s, v, h):
    if set_find(s, v, h) < 0:
        _set_add_new(s, v, h)


def set_drop(s, v, h):
    i = set_find(s, v, h)
    if i < 0:
        return False
    _set_remove_at(s, i)
    return True


def is_any_set(v):
    kind = _kind(v)
    return kind == "set" or kind == "frozenset"


def element_entries(v):
    if is_any_set(v):
        return _set_entries(v)
    if type(v) is dict:
        return [(k, h) for k, h, x in _dict_entries(v)]
    return hashed_items(v)


def hashed_items(iterable):
    for v in iterable:
        yield (v, hash_as(v, "a set element"))


def set_from(iterable):
    return {x for x in iterable}


def set_new(cls, iterable):
    s = _set_new(cls)
    set_add_all(s, iterable)
    return s


def set_init(s, iterable):
    _set_clear(s)
    set_add_all(s, iterable)


def set_add(s, v):
    set_put(s, v, hash_as(v, "a set element"))


def set_contains(s, v):
    return set_locate(s, v) >= 0


def set_remove(s, v):
    i = set_locate(s, v)
    if i < 0:
        raise KeyError(v)
    _set_remove_at(s, i)


def set_discard(s, v):
    i = set_locate(s, v)
    if i >= 0:
        _set_remove_at(s, i)


def set_add_all(s, other):
    if is_any_set(other) or type(other) is dict:
        _set_reserve(s, _len(other))
    for v, h in element_entries(other):
        set_put(s, v, h)


def set_discard_all(s, other):
    if s is other:
        _set_clear(s)
        return
    for v, h in element_entries(other):
        set_drop(s, v, h)
    _set_compact(s)


def set_toggle_all(s, other):
    for v, h in _set_entries(other):
        if not set_drop(s, v, h):
            set_put(s, v, h)


def as_set(s, other):
    if is_any_set(other):
        return other
    result = _set_new_like(s)
    set_add_all(result, other)
    return result


def intersect(s, other, like):
    if s is other:
        return _set_copy(like) if s is like else s
    result = _set_new_like(like)
    if is_any_set(other) and _len(other) > _len(s):
        s, other = other, s
    for v, h in element_entries(other):
        if set_find(s, v, h) >= 0:
            set_put(result, v, h)
    return result


def set_update(s, others):
    for other in others:
        set_add_all(s, other)


def set_union(s, others):
    result = _set_copy(s)
    for other in others:
        if other is not s:
            set_add_all(result, other)
    return result


def set_intersection(s, others):
    if not others:
        return _set_copy(s)
    result = s
    for other in others:
        result = intersect(result, other, s)
    return result


def set_difference(s, others):
    if not others:
        return _set_copy(s)
    other = others[0]
    if (is_any_set(other) or type(other) is dict) and _len(s) >> 2 <= _len(other):
        result = _set_new_like(s)
        for v, h in _set_entries(s):
            if is_any_set(other):
                missing = set_find(other, v, h) < 0
            else:
                missing = dict_find(other, v, h) < 0
            if missing:
                set_put(result, v, h)
    else:
        result = _set_copy(s)
        set_discard_all(result, other)
    for other in others[1:]:
        set_discard_all(result, other)
    return result


def set_symmetric_difference(s, other):
    result = _set_new_like(s)
    set_add_all(result, other)
    set_toggle_all(result, s)
    return result


def set_intersection_update(s, others):
    result = set_intersection(s, others)
    if result is not s:
        _set_swap(s, result)


def set_difference_update(s, others):
    for other in others:
        set_discard_all(s, other)


def set_symmetric_difference_update(s, other):
    if s is other:
        _set_clear(s)
    else:
        set_toggle_all(s, as_set(s, other))


def set_subset(a, b):
    if _len(a) > _len(b):
        return False
    for v, h in _set_entries(a):
        if set_find(b, v, h) < 0:
            return False
    return True


def set_issubset(s, other):
    if is_any_set(other):
        return set_subset(s, other)
    return _len(intersect(s, other, s)) == _len(s)


def set_issuperset(s, other):
    if is_any_set(other):
        return set_subset(other, s)
    for v, h in element_entries(other):
        if set_find(s, v, h) < 0:
            return False
    return True


def set_isdisjoint(s, other):
    if is_any_set(other) and _len(other) > _len(s):
        s, other = other, s
    for v, h in element_entries(other):
        if set_find(s, v, h) >= 0:
            return False
    return True


# op: 1 -, 10 &, 11 |, 12 ^
def set_binary(a, b, op):
    if op == 1:
        return set_difference(a, (b,))
    if op == 10:
        return set_intersection(a, (b,))
    if op == 11:
        return set_union(a, (b,))
    return set_symmetric_difference(a, b)


def set_inplace(a, b, op):
    if op == 1:
        set_discard_all(a, b)
    elif op == 10:
        set_intersection_update(a, (b,))
    elif op == 11:
        set_add_all(a, b)
    else:
        set_symmetric_difference_update(a, b)
    return a


def set_compare(a, b, op):
    n = _len(a)
    m = _len(b)
    if op == 2:
        return n == m and set_subset(a, b)
    if op == 3:
        return not (n == m and set_subset(a, b))
    if op == 0:
        return n < m and set_subset(a, b)
    if op == 1:
        return set_subset(a, b)
    if op == 4:
        return n > m and set_subset(b, a)
    return set_subset(b, a)
