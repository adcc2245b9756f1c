# `str.format`, `str.format_map` and `str % …` where guest code takes part: feature `format`.


def str_format(s, args, named):
    return _str_format_expand(s, args, named, [None, 0], 2)


def _str_format_expand(s, args, named, numbering, depth):
    if depth <= 0:
        raise ValueError("Max string recursion exceeded")
    out = []
    at = 0
    while (step := _format_next(s, at)) is not None:
        literal, name, conversion, spec, at = step
        out.append(literal)
        if name is None:
            continue
        v = _str_format_field(name, args, named, numbering)
        if conversion == "s":
            v = str(v)
        elif conversion == "r":
            v = repr(v)
        elif conversion == "a":
            v = ascii(v)
        elif conversion:
            _format_conversion(conversion)
        if "{" in spec:
            spec = _str_format_expand(spec, args, named, numbering, depth - 1)
        out.append(format(v, spec))
    return "".join(out)


def _str_format_field(name, args, named, numbering):
    first, at = _format_first(name)
    if isinstance(first, str):
        if named is None:
            raise KeyError(first)
        v = named[first]
    else:
        manual = first is not None
        if numbering[0] is None:
            numbering[0] = manual
        elif numbering[0] and not manual:
            raise ValueError("cannot switch from manual field specification to automatic field numbering")
        elif manual and not numbering[0]:
            raise ValueError("cannot switch from automatic field numbering to manual field specification")
        if not manual:
            first = numbering[1]
            numbering[1] = first + 1
        if args is None:
            raise ValueError("Format string contains positional fields")
        if first >= len(args):
            raise IndexError(f"Replacement index {first} out of range for positional args tuple")
        v = args[first]
    while (access := _format_access(name, at)) is not None:
        is_attribute, key, at = access
        v = getattr(v, key) if is_attribute else v[key]
    return v


def str_percent(fmt, args):
    if isinstance(args, tuple):
        values = [v for v in tuple.__iter__(args)]
        mapping = None
    else:
        values = [args]
        mapping = args if _percent_is_mapping(args) else None
    used = 0
    out = []
    at = 0
    while True:
        literal, key, stars, kind, here, at = _percent_next(fmt, at)
        out.append(literal)
        if kind is None:
            break
        if key is not None:
            if mapping is None:
                raise TypeError("format requires a mapping")
            values = [mapping[key]]
            used = 0
        taken = values[used : used + stars + 1]
        if len(taken) <= stars:
            # The native step finds the error that comes first.
            v = None
            missing = True
        else:
            v = taken.pop()
            used += stars + 1
            missing = False
            for star in taken:
                if not isinstance(star, int):
                    raise TypeError("* wants int")
            v = _str_percent_value(v, kind)
        out.append(_percent_one(fmt, here, v, taken, missing))
    if mapping is None and used < len(values):
        raise TypeError("not all arguments converted during string formatting")
    return "".join(out)


def _str_percent_value(v, kind):
    if kind == "s":
        return str(v)
    if kind == "r":
        return repr(v)
    if kind == "a":
        return ascii(v)
    if isinstance(v, int) or isinstance(v, float):
        return v
    if kind in "diu":
        if _special(v, "__int__") is not None:
            return int(v)
        if _special(v, "__index__") is not None:
            return index(v)
    elif kind in "xXoc":
        if _special(v, "__index__") is not None:
            return index(v)
    elif kind in "eEfFgG":
        if _special(v, "__float__") is not None or _special(v, "__index__") is not None:
            return float(v)
    return v
