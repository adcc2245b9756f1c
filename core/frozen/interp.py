# What instructions delegate to when guest code takes part.


def instantiate(cls, args, kwargs):
    new = _special_of(cls, "__new__")
    obj = new(cls, *args, **kwargs)
    if not _isinstance(obj, cls):
        return obj
    init = _special(obj, "__init__")
    r = init(*args, **kwargs)
    if r is not None:
        raise TypeError(f"__init__() should return None, not '{_type_name(r)}'")
    return obj


def raise_class(cls, cause):
    exc = cls()
    if not _isinstance(exc, BaseException):
        raise TypeError(f"calling {cls!r} should have returned an instance of BaseException, not {type(exc)!r}")
    if cause is False:
        _raise(exc)
    if _isinstance(cause, type):
        cause = cause()
    exc.__cause__ = cause
    _raise(exc)


def raise_instance_from_class(exc, cause):
    exc.__cause__ = cause()
    _raise(exc)


def throw_into_iterator(it, exc):
    throw = _getattr_or(it, "throw", None)
    if throw is None:
        _raise(exc)
    return throw(exc)


def list_up_to(iterable, limit):
    out = []
    if limit == 0:
        return out
    for x in iterable:
        out.append(x)
        if len(out) == limit:
            break
    return out


def contains_by_iteration(container, item):
    for x in container:
        if x is item or x == item:
            return True
    return False


def len_of(v):
    n = _special(v, "__len__")()
    return _check_len(n)


def ne_from_eq(a, b):
    r = _special(a, "__eq__")(b)
    if r is NotImplemented:
        return r
    return not r


def build_class(func, name, bases, kwds):
    resolved = bases
    for b in bases:
        if not _isinstance(b, type) and _special(b, "__mro_entries__") is not None:
            resolved = []
            for b in bases:
                if not _isinstance(b, type):
                    entries = _special(b, "__mro_entries__")
                    if entries is not None:
                        resolved.extend(entries(bases))
                        continue
                resolved.append(b)
            resolved = tuple(resolved)
            break
    if "metaclass" in kwds:
        meta = kwds.pop("metaclass")
    elif resolved:
        meta = type(resolved[0])
    else:
        meta = type
    if _isinstance(meta, type):
        meta = calculate_metaclass(meta, resolved)
    prepare = _getattr_or(meta, "__prepare__", None)
    if prepare is None:
        ns = {}
    else:
        ns = prepare(name, resolved, **kwds)
    func(ns)
    if resolved is not bases:
        ns["__orig_bases__"] = bases
    return meta(name, resolved, ns, **kwds)


def calculate_metaclass(meta, bases):
    winner = meta
    for b in bases:
        t = type(b)
        if _issubclass(winner, t):
            continue
        if _issubclass(t, winner):
            winner = t
            continue
        raise TypeError(
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) "
            "subclass of the metaclasses of all its bases"
        )
    return winner


def type_new(meta, name, bases, ns, kwds):
    winner = calculate_metaclass(meta, bases)
    if winner is not meta:
        new = _special_of(winner, "__new__")
        if new is not type.__new__:
            return new(winner, name, bases, ns, **kwds)
        meta = winner
    cls = _new_class(meta, name, bases, ns)
    for key, value in list(ns.items()):
        set_name = _special(value, "__set_name__")
        if set_name is not None:
            try:
                set_name(cls, key)
            except BaseException as e:
                e.add_note(f"Error calling __set_name__ on '{_type_name(value)}' instance {key!r} in {name!r}")
                raise
    super(cls, cls).__init_subclass__(**kwds)
    return cls


def gen_throw(gen, exc, value, tb):
    if _isinstance(exc, type) and _issubclass(exc, BaseException):
        if value is None:
            exc = exc()
        elif _isinstance(value, exc):
            exc = value
        elif _isinstance(value, tuple):
            exc = exc(*value)
        else:
            exc = exc(value)
    elif not _isinstance(exc, BaseException):
        raise TypeError(
            f"exceptions must be classes or instances deriving from BaseException, not {_type_name(exc)}"
        )
    return _gen_throw(gen, exc)


def gen_close(gen):
    state = _gen_state(gen)
    if state == 3:
        return None
    if state == 0:
        _gen_finish(gen)
        return None
    try:
        _gen_throw(gen, GeneratorExit())
    except GeneratorExit:
        return None
    except StopIteration as e:
        return e.value
    raise RuntimeError("generator ignored GeneratorExit")


def import_submodules(name):
    return _import(name)
