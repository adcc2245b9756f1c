# Numbers, where they meet guest code: conversions and the built-in functions on numbers.


def int_of(v):
    m = _special(v, "__int__")
    if m is not None:
        r = m()
        if not isinstance(r, int):
            raise TypeError(f"__int__ returned non-int (type {_type_name(r)})")
        return _int_value(r)
    r = _special(v, "__index__")()
    if not isinstance(r, int):
        raise TypeError(f"__index__ returned non-int (type {_type_name(r)})")
    return _int_value(r)


def float_of(v):
    m = _special(v, "__float__")
    if m is not None:
        r = m()
        if not isinstance(r, float):
            raise TypeError(f"{_type_name(v)}.__float__ returned non-float (type {_type_name(r)})")
        return _float_value(r)
    m = _special(v, "__index__")
    if m is None:
        raise TypeError(f"must be real number, not {_type_name(v)}")
    r = m()
    if not isinstance(r, int):
        raise TypeError(f"__index__ returned non-int (type {_type_name(r)})")
    return _int_to_float(r)


def real_of(v):
    if isinstance(v, float):
        return _float_value(v)
    return float_of(v)


def truth_of(v):
    return not not v


def bytes_of(v):
    m = _special(v, "__bytes__")
    if m is not None:
        r = m()
        if not isinstance(r, bytes):
            raise TypeError(f"__bytes__ returned non-bytes (type {_type_name(r)})")
        return r
    if isinstance(v, (str, int)) or _special(v, "__iter__") is None and _special(v, "__getitem__") is None:
        raise TypeError(f"cannot convert '{_type_name(v)}' object to bytes")
    return bytes(v)


def abs_of(v):
    m = _special(v, "__abs__")
    if m is None:
        raise TypeError(f"bad operand type for abs(): '{_type_name(v)}'")
    return m()


def _reflected_first(a, b, name):
    # Whether b's method goes first: its class is a proper subclass of a's and has a method of its own.
    ta, tb = type(a), type(b)
    return ta is not tb and issubclass(tb, ta) and getattr(tb, name, None) is not getattr(ta, name, None)


def divmod_of(a, b):
    tried = False
    if _reflected_first(a, b, "__rdivmod__"):
        tried = True
        m = _special(b, "__rdivmod__")
        if m is not None:
            r = m(a)
            if r is not NotImplemented:
                return r
    m = _special(a, "__divmod__")
    if m is not None:
        r = m(b)
        if r is not NotImplemented:
            return r
    if not tried and type(a) is not type(b):
        m = _special(b, "__rdivmod__")
        if m is not None:
            r = m(a)
            if r is not NotImplemented:
                return r
    raise TypeError(
        f"unsupported operand type(s) for divmod(): '{_type_name(a)}' and '{_type_name(b)}'"
    )


def power_of(a, b):
    return a**b


def power_mod_of(a, b, c):
    tried = False
    if _reflected_first(a, b, "__rpow__"):
        tried = True
        m = _special(b, "__rpow__")
        if m is not None:
            r = m(a, c)
            if r is not NotImplemented:
                return r
    m = _special(a, "__pow__")
    if m is not None:
        r = m(b, c)
        if r is not NotImplemented:
            return r
    if not tried and type(a) is not type(b):
        m = _special(b, "__rpow__")
        if m is not None:
            r = m(a, c)
            if r is not NotImplemented:
                return r
    raise TypeError(
        "unsupported operand type(s) for ** or pow(): "
        f"'{_type_name(a)}', '{_type_name(b)}', '{_type_name(c)}'"
    )


def round_of(v, ndigits):
    m = _special(v, "__round__")
    if m is None:
        raise TypeError(f"type {_type_name(v)} doesn't define __round__ method")
    if ndigits is None:
        return m()
    return m(ndigits)
