# What the interpreter itself delegates to.


def index(v):
    r = _special(v, "__index__")()
    if not isinstance(r, int):
        raise TypeError(f"__index__ returned non-int (type {_type_name(r)})")
    return r


def list_from(iterable):
    return [x for x in iterable]


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
