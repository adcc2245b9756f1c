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
    if _isinstance(exc, GeneratorExit):
        close = _getattr_or(it, "close", None)
        if close is not None:
            close()
        _raise(exc)
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


def unpack_rest(iterable, n):
    # `a, b, *rest = iterable`: the rest is listed by an iteration of the iterator.
    it = iter(iterable)
    steps = _steps(it)
    out = []
    while n > 0:
        n -= 1
        try:
            out.append(next(steps))
        except StopIteration:
            return out
    for x in it:
        out.append(x)
    return out


def contains_by_iteration(container, item):
    it = None
    try:
        it = iter(container)
    except TypeError:
        pass
    if it is None:
        raise TypeError(f"argument of type '{_type_name(container)}' is not a container or iterable")
    for x in _steps(it):
        _charge(1)
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


def call_and_getattr(callee, cls, obj, name):
    return getattr(callee(cls, obj), name)


def name_or_value(ns, name, value):
    try:
        return ns[name]
    except KeyError:
        return value


def name_or_global(ns, name, glob):
    try:
        return ns[name]
    except KeyError:
        pass
    return _lookup_global(glob, name)


def send_to(it, name, value):
    return getattr(it, name)(value)


def tuple_payload_hash(t):
    return _tuple_hash([hash(x) for x in t])


def import_absolute(name):
    modules = _modules()
    if name in modules:
        m = modules[name]
        if m is None:
            _import_error(1, f"import of {name} halted; None in sys.modules", name)
        return m
    bits = name.split(".")
    child = bits.pop()
    parent = ".".join(bits)
    if parent:
        p = import_absolute(parent)
        if name in modules:
            return modules[name]
        if _getattr_or(p, "__path__", None) is None:
            _import_error(1, f"No module named {name!r}; {parent!r} is not a package", name)
    loaded = _load_module(name)
    if loaded is None:
        _import_error(1, f"No module named {name!r}", name)
    module, body = loaded
    if body is not None:
        modules[name] = module
        try:
            body()
        except BaseException:
            if name in modules:
                del modules[name]
            raise
        module = modules[name]
    if parent:
        setattr(p, child, module)
    return module


def resolve_name(name, level, glob):
    if level == 0:
        return name
    package = glob.get("__package__")
    if package is None:
        package = glob.get("__name__", "")
        if "__path__" not in glob:
            package = ".".join(package.split(".")[:-1])
    if not package:
        _import_error(0, "attempted relative import with no known parent package", None)
    bits = package.split(".")
    if len(bits) < level:
        _import_error(0, "attempted relative import beyond top-level package", None)
    base = ".".join(bits[: len(bits) - level + 1])
    return f"{base}.{name}" if name else base


def import_name(name, level, fromlist, glob):
    full = resolve_name(name, level, glob)
    module = import_absolute(full)
    if fromlist is None:
        if level == 0:
            top = name.partition(".")[0]
            return _modules()[top]
        cut = len(name) - len(name.partition(".")[0])
        return _modules()[full[: len(full) - cut]] if cut else module
    if _getattr_or(module, "__path__", None) is not None:
        for x in fromlist:
            if x != "*" and not hasattr(module, x):
                try:
                    import_absolute(f"{full}.{x}")
                except ModuleNotFoundError as e:
                    if e.name != f"{full}.{x}":
                        raise
    return module


def import_from(module, name):
    missing = _modules()
    v = _getattr_or(module, name, missing)
    if v is not missing:
        return v
    mod = _getattr_or(module, "__name__", "<unknown module name>")
    v = missing.get(f"{mod}.{name}")
    if v is not None:
        return v
    file = _getattr_or(module, "__file__", None)
    where = f" ({file})" if file is not None else " (unknown location)"
    _import_error(0, f"cannot import name {name!r} from {mod!r}{where}", mod, name, file)


def import_star(module, glob):
    ns = _module_dict(module) if _is_module(module) else vars(module)
    names = ns.get("__all__")
    if names is None:
        names = [n for n in ns if not n.startswith("_")]
    for n in names:
        glob[n] = getattr(module, n)


def import_function(name, globals, locals, fromlist, level):
    glob = globals if globals is not None else {}
    return import_name(name, level, fromlist if fromlist else None, glob)
