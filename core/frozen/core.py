# What the interpreter itself delegates to.


def index(v):
    method = _special(v, "__index__")
    if method is None:
        raise TypeError(f"'{_type_name(v)}' object cannot be interpreted as an integer")
    r = method()
    if not isinstance(r, int):
        raise TypeError(f"__index__ returned non-int (type {_type_name(r)})")
    return r


def list_from(iterable):
    return [x for x in iterable]


def tuple_from(iterable):
    return tuple([x for x in iterable])


def join_from(separator, iterable):
    return separator.join([x for x in iterable])


def repr_of(v):
    r = _special(v, "__repr__")()
    if not isinstance(r, str):
        raise TypeError(f"__repr__ returned non-string (type {_type_name(r)})")
    return r


def str_of(v):
    r = _special(v, "__str__")()
    if not isinstance(r, str):
        raise TypeError(f"__str__ returned non-string (type {_type_name(r)})")
    return r
