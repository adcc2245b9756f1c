# Lists, tuples, dicts, sets and ranges where elements or keys bring their own __eq__, __hash__, __lt__, __repr__,
# __index__ or __iter__. The natives in builtins/ do everything else and come here for the rest.
#
# Payloads are read and written through intrinsics (`_item`, `_dict_add`, …), so that what a subclass overrides does
# not matter. A comparison may change the container: a probe then starts again, as in CPython.


# ---- Sequences ----


def int_key(key):
    if type(key) is slice:
        return slice(int_bound(key.start), int_bound(key.stop), int_bound(key.step))
    return index(key)


def int_bound(v):
    if v is None:
        return None
    if _special(v, "__index__") is None:
        raise TypeError("slice indices must be integers or None or have an __index__ method")
    return index(v)


def getitem_by_index(v, key):
    return _getitem(v, int_key(key))


def setitem_by_index(v, key, value):
    _setitem(v, int_key(key), value)


def delitem_by_index(v, key):
    _delitem(v, int_key(key))


def subscript_get(v, key):
    return v[key]


def subscript_set(v, key, value):
    v[key] = value


def subscript_del(v, key):
    del v[key]


def setitem_iterable(v, key, value):
    try:
        it = iter(value)
    except TypeError:
        it = None
    if it is None:
        raise TypeError("must assign iterable to extended slice")
    _setitem(v, key, [x for x in it])


def sequence_contains(seq, v):
    i = 0
    while i < _len(seq):
        x = _item(seq, i)
        if x is v or x == v:
            return True
        i += 1
    return False


def sequence_index(seq, v, start, stop):
    i = start
    while i < stop and i < _len(seq):
        x = _item(seq, i)
        if x is v or x == v:
            return i
        i += 1
    kind = _kind(seq)
    raise ValueError(f"{kind}.index(x): x not in {kind}")


def sequence_count(seq, v):
    n = i = 0
    while i < _len(seq):
        x = _item(seq, i)
        if x is v or x == v:
            n += 1
        i += 1
    return n


# op: 0 <, 1 <=, 2 ==, 3 !=, 4 >, 5 >=
def compare_by(a, b, op):
    if op == 0:
        return a < b
    if op == 1:
        return a <= b
    if op == 2:
        return a == b
    if op == 3:
        return a != b
    if op == 4:
        return a > b
    return a >= b


def sequence_compare(a, b, op):
    if (op == 2 or op == 3) and _len(a) != _len(b):
        return op == 3
    i = 0
    while i < _len(a) and i < _len(b):
        x = _item(a, i)
        y = _item(b, i)
        if not (x is y or x == y):
            if op == 2:
                return False
            if op == 3:
                return True
            return compare_by(x, y, op)
        i += 1
    return compare_by(_len(a), _len(b), op)


def sequence_repeat(seq, n):
    return _sequence_repeat(seq, index(n))


def tuple_hash(t):
    return _tuple_hash([hash(_item(t, i)) for i in range(_len(t))])


def list_init(v, iterable):
    _list_take(v)
    for x in iterable:
        _list_append(v, x)


def list_extend(v, iterable):
    for x in iterable:
        _list_append(v, x)


# [*iterable]
def list_extend_star(v, iterable):
    if _special(iterable, "__iter__") is None and _special(iterable, "__getitem__") is None:
        raise TypeError(f"Value after * must be an iterable, not {_type_name(iterable)}")
    list_extend(v, iterable)


def list_iadd(v, iterable):
    for x in iterable:
        _list_append(v, x)
    return v


def list_imul(v, n):
    _list_give(v, [x for x in _sequence_repeat(v, index(n))])
    return v


def list_remove(v, item):
    i = 0
    while i < _len(v):
        x = _item(v, i)
        if x is item or x == item:
            _list_remove_at(v, i)
            return
        i += 1
    raise ValueError("list.remove(x): x not in list")


# ---- Sorting ----


def list_sort(v, key, reverse):
    reverse = bool(reverse)
    items = _list_take(v)
    result = items
    try:
        result = sorted_fresh(items, key, reverse)
    finally:
        modified = _list_give(v, result)
    if modified:
        raise ValueError("list modified during sort")


def sorted_fresh(items, key, reverse):
    reverse = bool(reverse)
    keys = items if key is None else [key(x) for x in items]
    result = _sorted_by(items, keys, reverse)
    if result is None:
        result = sorted_by_guest(items, keys, reverse)
    return result


def sorted_by_guest(items, keys, reverse):
    n = _len(items)
    order = [i for i in range(n)]
    if reverse:
        order.reverse()
    if n < 64:
        order = sorted_few(order, keys)
        if reverse:
            order.reverse()
        return [items[i] for i in order]
    run = 16
    merged = []
    start = 0
    while start < n:
        merged.extend(sorted_run(order[start : start + run], keys))
        start += run
    order = merged
    while run < n:
        merged = []
        start = 0
        while start < n:
            merge_runs(order, start, start + run, start + run + run, keys, merged)
            start += run + run
        order = merged
        run += run
    if reverse:
        order.reverse()
    return [items[i] for i in order]


def sorted_few(order, keys):
    # As CPython does it, comparison by comparison: the run at the start as it is, or reversed if it falls, then
    # binary insertion of the others.
    n = _len(order)
    i = 1
    while i < n and not keys[order[i]] < keys[order[i - 1]]:
        i += 1
    if i < n and (i == 1 or not keys[order[0]] < keys[order[i - 1]]):
        equal = i - 1
        i += 1
        while i < n:
            if keys[order[i]] < keys[order[i - 1]]:
                if equal:
                    order[i - 1 - equal : i] = order[i - 1 - equal : i][::-1]
                    equal = 0
            elif keys[order[i - 1]] < keys[order[i]]:
                break
            else:
                equal += 1
            i += 1
        if equal:
            order[i - 1 - equal : i] = order[i - 1 - equal : i][::-1]
        order[:i] = order[:i][::-1]
        while i < n and not keys[order[i]] < keys[order[i - 1]]:
            i += 1
    while i < n:
        key = keys[order[i]]
        low = 0
        high = i
        while low < high:
            mid = (low + high) >> 1
            if key < keys[order[mid]]:
                high = mid
            else:
                low = mid + 1
        if low < i:
            order.insert(low, order.pop(i))
        i += 1
    return order


def sorted_run(order, keys):
    i = 1
    while i < _len(order):
        key = keys[order[i]]
        low = 0
        high = i
        if not key < keys[order[i - 1]]:
            low = i
        else:
            high = i - 1
        while low < high:
            mid = (low + high) >> 1
            if key < keys[order[mid]]:
                high = mid
            else:
                low = mid + 1
        if low < i:
            order.insert(low, order.pop(i))
        i += 1
    return order


def merge_runs(order, i, mid, end, keys, merged):
    n = _len(order)
    if end > n:
        end = n
    if mid >= end or not keys[order[mid]] < keys[order[mid - 1]]:
        merged.extend(order[i:end])
        return
    j = mid
    while i < mid and j < end:
        if keys[order[j]] < keys[order[i]]:
            merged.append(order[j])
            j += 1
        else:
            merged.append(order[i])
            i += 1
    merged.extend(order[i:mid])
    merged.extend(order[j:end])


# ---- repr ----


def container_repr(v):
    kind = _kind(v)
    if _repr_enter(v):
        if kind == "list":
            return "[...]"
        if kind == "tuple":
            return "(...)"
        if kind == "dict":
            return "{...}"
        if kind == "set" or kind == "frozenset":
            return _type_name(v) + "(...)"
        return "..."
    try:
        if kind == "list":
            return "[" + sequence_text(v) + "]"
        if kind == "tuple":
            if _len(v) == 1:
                return "(" + sequence_text(v) + ",)"
            return "(" + sequence_text(v) + ")"
        if kind == "dict":
            return "{" + ", ".join([f"{k!r}: {x!r}" for k, h, x in _dict_entries(v)]) + "}"
        if kind == "set" or kind == "frozenset":
            return set_text(v)
        return view_text(v, kind)
    finally:
        _repr_leave(v)


def sequence_text(v):
    parts = []
    i = 0
    while i < _len(v):
        parts.append(repr(_item(v, i)))
        i += 1
    return ", ".join(parts)


def view_text(v, kind):
    d = _dict_view_of(v)
    if kind == "dict_keys":
        parts = [repr(k) for k, h, x in _dict_entries(d)]
    elif kind == "dict_values":
        parts = [repr(x) for k, h, x in _dict_entries(d)]
    else:
        parts = [f"({k!r}, {x!r})" for k, h, x in _dict_entries(d)]
    return kind + "([" + ", ".join(parts) + "])"


def slice_repr(s):
    return f"slice({s.start!r}, {s.stop!r}, {s.step!r})"


def slice_indices(s, length):
    length = index(length)
    if length < 0:
        raise ValueError("length should not be negative")
    step = 1 if s.step is None else int_bound(s.step)
    if step == 0:
        raise ValueError("slice step cannot be zero")
    low = -1 if step < 0 else 0
    high = length - 1 if step < 0 else length
    start = clamped_bound(s.start, length, low, high, high if step < 0 else low)
    stop = clamped_bound(s.stop, length, low, high, low if step < 0 else high)
    return (start, stop, step)


def clamped_bound(v, length, low, high, default):
    if v is None:
        return default
    i = int_bound(v)
    if i < 0:
        i += length
        return low if i < low else i
    return high if i > high else i


# ---- range with bounds or items beyond machine size, or searched for other things than ints ----


def range_big(start, stop, step):
    if step > 0:
        n = (stop - start + step - 1) // step
    else:
        n = (start - stop - step - 1) // -step
    return _range(start, stop, step, n if n > 0 else 0)


def range_repr(r):
    if r.step == 1:
        return f"range({r.start}, {r.stop})"
    return f"range({r.start}, {r.stop}, {r.step})"


def range_getitem(r, key):
    n = _range_length(r)
    if type(key) is slice:
        start, stop, step = slice_indices(key, n)
        return range_big(r.start + start * r.step, r.start + stop * r.step, r.step * step)
    if _special(key, "__index__") is None:
        raise TypeError(f"range indices must be integers or slices, not {_type_name(key)}")
    i = index(key)
    if i < 0:
        i += n
    if i < 0 or i >= n:
        raise IndexError("range object index out of range")
    return r.start + i * r.step


def range_contains(r, v):
    if r.step > 0:
        if v < r.start or v >= r.stop:
            return False
    elif v > r.start or v <= r.stop:
        return False
    return (v - r.start) % r.step == 0


def range_search_contains(r, v):
    for x in r:
        if x == v:
            return True
    return False


def range_count(r, v):
    if type(v) is int or type(v) is bool:
        return 1 if range_contains(r, v) else 0
    n = 0
    for x in r:
        if x == v:
            n += 1
    return n


def range_index(r, v):
    if type(v) is int or type(v) is bool:
        if range_contains(r, v):
            return (v - r.start) // r.step
        raise ValueError("range.index(x): x not in range")
    i = 0
    for x in r:
        if x == v:
            return i
        i += 1
    raise ValueError("sequence.index(x): x not in sequence")


def range_iter_big(r):
    return range_items(r.start, r.step, _range_length(r))


def range_reversed_big(r):
    n = _range_length(r)
    return range_items(r.start + (n - 1) * r.step, -r.step, n)


def range_items(item, step, n):
    while n > 0:
        yield item
        item += step
        n -= 1


# ---- Iterators ----


def getitem_iter_next(it):
    v = None
    ended = False
    try:
        v = _special(_iter_source(it), "__getitem__")(_iter_index(it))
    except (IndexError, StopIteration):
        ended = True
    if ended:
        _iter_end(it)
        raise StopIteration
    _iter_advance(it)
    return v


def callable_iter_next(it):
    parts = _callable_iter_parts(it)
    if parts is None:
        raise StopIteration
    f, sentinel = parts
    v = None
    ended = False
    try:
        v = f()
    except StopIteration:
        ended = True
    if ended or sentinel is v or sentinel == v:
        _callable_iter_end(it)
        raise StopIteration
    return v


# ---- dict ----


def hash_as(v, what):
    try:
        return hash(v)
    except TypeError as e:
        error = e
    if type(error) is not TypeError:
        raise error
    name = type.__repr__(type(v))[8:-2]
    if name[:9] == "__main__.":
        name = name[9:]
    raise TypeError(f"cannot use '{name}' as {what} ({error})")


# Entry of `key`, or -1.
def dict_find(d, key, h):
    passed = 0
    while True:
        i = _dict_candidate(d, key, h, passed)
        if not i & 1:
            return i >> 1
        i >>= 1
        k = _dict_key(d, i)
        same = True if k == key else False
        if _dict_key(d, i) is not k:
            passed = 0
        elif same:
            return i
        else:
            passed += 1


def dict_put(d, key, h, value):
    i = dict_find(d, key, h)
    if i < 0:
        _dict_add(d, key, h, value)
    else:
        _dict_set_at(d, i, value)


def dict_missing(d, key):
    return _special(d, "__missing__")(key)


def dict_getitem(d, key):
    i = dict_find(d, key, hash_as(key, "a dict key"))
    if i >= 0:
        return _dict_value(d, i)
    if type(d) is not dict:
        missing = _special(d, "__missing__")
        if missing is not None:
            return missing(key)
    raise KeyError(key)


def dict_setitem(d, key, value):
    dict_put(d, key, hash_as(key, "a dict key"), value)


def dict_delitem(d, key):
    i = dict_find(d, key, hash_as(key, "a dict key"))
    if i < 0:
        raise KeyError(key)
    _dict_remove_at(d, i)


def dict_contains(d, key):
    return dict_find(d, key, hash_as(key, "a dict key")) >= 0


def dict_get(d, key, default):
    i = dict_find(d, key, hash_as(key, "a dict key"))
    return default if i < 0 else _dict_value(d, i)


def dict_setdefault(d, key, default):
    h = hash_as(key, "a dict key")
    i = dict_find(d, key, h)
    if i >= 0:
        return _dict_value(d, i)
    _dict_add(d, key, h, default)
    return default


def dict_pop(d, key, *default):
    if _len(d) == 0:
        i = -1
    else:
        i = dict_find(d, key, hash_as(key, "a dict key"))
    if i >= 0:
        return _dict_remove_at(d, i)
    if default:
        return default[0]
    raise KeyError(key)


def dict_from_flat(pairs):
    d = {}
    i = 0
    while i < _len(pairs):
        dict_setitem(d, pairs[i], pairs[i + 1])
        i += 2
    return d


def dict_fromkeys(cls, iterable, value):
    d = cls()
    if type(d) is dict:
        for key in iterable:
            dict_setitem(d, key, value)
    else:
        for key in iterable:
            d[key] = value
    return d


def dict_new(other, given, kw):
    d = {}
    if given:
        dict_update(d, other)
    if kw is not None:
        dict_update(d, kw)
    return d


def dict_update_both(d, other, kw):
    dict_update(d, other)
    dict_update(d, kw)


def dict_update(d, other):
    if type(other) is dict:
        n = _len(other)
        for key, h, value in _dict_entries(other):
            dict_put(d, key, h, value)
            if _len(other) != n:
                raise RuntimeError("dict mutated during update")
    elif hasattr(other, "keys"):
        for key in other.keys():
            dict_setitem(d, key, other[key])
    else:
        dict_update_from_pairs(d, other)


# {**other}
def dict_update_mapping(d, other):
    if type(other) is not dict and not hasattr(other, "keys"):
        raise TypeError(f"'{_type_name(other)}' object is not a mapping")
    dict_update(d, other)


def dict_update_from_pairs(d, pairs):
    n = 0
    plain = type(d) is dict
    for pair in pairs:
        if plain and type(pair) is tuple and _len(pair) == 2:
            d[pair[0]] = pair[1]
            n += 1
            continue
        items = pair_items(pair, n)
        if _len(items) != 2:
            raise ValueError(
                f"dictionary update sequence element #{n} has length {_len(items)}; 2 is required"
            )
        dict_setitem(d, items[0], items[1])
        n += 1


def pair_items(pair, n):
    if type(pair) is list or type(pair) is tuple:
        return pair
    try:
        it = iter(pair)
    except TypeError:
        it = None
    if it is None:
        e = TypeError("object is not iterable")
        e.add_note(f"Cannot convert dictionary update sequence element #{n} to a sequence")
        raise e
    return [x for x in it]


def dict_merge(d, other, callee):
    if type(other) is dict:
        for key, h, value in _dict_entries(other):
            dict_merge_one(d, key, h, value, callee)
        return
    if not hasattr(other, "keys"):
        name = function_text(callee)
        raise TypeError(f"{name} argument after ** must be a mapping, not {_type_name(other)}")
    for key in other.keys():
        dict_merge_one(d, key, hash_as(key, "a dict key"), other[key], callee)


def dict_merge_one(d, key, h, value, callee):
    if dict_find(d, key, h) >= 0:
        name = function_text(callee)
        if not isinstance(key, str):
            raise TypeError(f"{name} keywords must be strings")
        raise TypeError(f"{name} got multiple values for keyword argument '{key}'")
    if not isinstance(key, str):
        raise TypeError("keywords must be strings")
    _dict_add(d, key, h, value)


def function_text(f):
    name = getattr(f, "__qualname__", None)
    if name is None:
        return str(f)
    module = getattr(f, "__module__", None)
    if module is None or module == "builtins":
        return f"{name}()"
    return f"{module}.{name}()"


def dict_or(a, b):
    d = {}
    for key, h, value in _dict_entries(a):
        _dict_add(d, key, h, value)
    dict_update(d, b)
    return d


def dict_ior(d, other):
    dict_update(d, other)
    return d


def dict_compare(a, b, equal):
    if _len(a) != _len(b):
        return not equal
    for key, h, value in _dict_entries(a):
        i = dict_find(b, key, h)
        if i < 0:
            return not equal
        other = _dict_value(b, i)
        if not (value is other or value == other):
            return not equal
    return equal


# ---- Dict views ----


def is_set_view(v):
    kind = _kind(v)
    return kind == "dict_keys" or kind == "dict_items"


def items_contains(d, key, value):
    i = dict_find(d, key, hash_as(key, "a dict key"))
    if i < 0:
        return False
    found = _dict_value(d, i)
    if found is value or found == value:
        return True
    return False


def view_compare(a, b, op):
    n = _len(a)
    m = _len(b)
    if op == 2:
        return n == m and all_contained(a, b)
    if op == 3:
        return not (n == m and all_contained(a, b))
    if op == 0:
        return n < m and all_contained(a, b)
    if op == 1:
        return n <= m and all_contained(a, b)
    if op == 4:
        return n > m and all_contained(b, a)
    return n >= m and all_contained(b, a)


def all_contained(a, b):
    for x in a:
        if x not in b:
            return False
    return True


def view_isdisjoint(a, b):
    if a is b:
        return _len(a) == 0
    if (type(b) is set or type(b) is frozenset or is_set_view(b)) and _len(b) > _len(a):
        a, b = b, a
    for x in b:
        if x in a:
            return False
    return True


# ---- set and frozenset ----
