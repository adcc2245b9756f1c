# What tells programs about objects and the interpreter: feature `introspection`.


def dir_of(obj):
    method = _special(obj, "__dir__")
    names = _dir_names(obj) if method is None else method()
    return sorted(names)


def dir_default(obj):
    return list(set(_dir_names(obj)))


# Sums. Ints first, then floats with the running compensation of Neumaier's method, then anything.


def sys_version_info():
    return named_tuple("sys.version_info", "version_info", ["major", "minor", "micro", "releaselevel", "serial"],
                  (3, 14, 0, "final", 0))


def named_tuple(module_name, name, fields, values):
    # A named tuple like CPython's structseq: items by number and by name.
    class Struct(tuple):
        __slots__ = ()

        def __repr__(self):
            pairs = [f"{f}={v!r}" for f, v in zip(fields, self)]
            return f"{module_name}({', '.join(pairs)})"

    def getter(i):
        return property(lambda self: self[i])

    for i, field in enumerate(fields):
        setattr(Struct, field, getter(i))
    Struct.__name__ = name
    Struct.__qualname__ = name
    Struct.__module__ = module_name.split(".")[0]
    return tuple.__new__(Struct, values)


def sys_attribute(name):
    # `sys.__getattr__`: what few programs ask for is made on first use.
    if name == "version_info":
        v = sys_version_info()
    elif name == "float_info":
        v = named_tuple("sys.float_info", "float_info",
                   ["max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig", "mant_dig", "epsilon",
                    "radix", "rounds"],
                   (1.7976931348623157e308, 1024, 308, 2.2250738585072014e-308, -1021, -307, 15, 53,
                    2.220446049250313e-16, 2, 1))
    elif name == "int_info":
        v = named_tuple("sys.int_info", "int_info",
                   ["bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"],
                   (64, 8, 4300, 640))
    elif name == "hash_info":
        v = named_tuple("sys.hash_info", "hash_info",
                   ["width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"],
                   (64, 2305843009213693951, 314159, 0, 1000003, "siphash13", 64, 128, 0))
    elif name == "flags":
        v = named_tuple("sys.flags", "flags",
                   ["debug", "inspect", "interactive", "optimize", "dont_write_bytecode", "no_user_site", "no_site",
                    "ignore_environment", "verbose", "bytes_warning", "quiet", "hash_randomization", "isolated",
                    "dev_mode", "utf8_mode", "warn_default_encoding", "safe_path", "int_max_str_digits"],
                   (0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 1, False, 1, 0, True, 4300))
    elif name == "implementation":
        class SimpleNamespace:
            pass
        v = SimpleNamespace()
        v.name = "taipan"
        v.version = sys_version_info()
        v.hexversion = 0x030E00F0
        v.cache_tag = None
    else:
        raise AttributeError(f"module 'sys' has no attribute '{name}'")
    _sys_set(name, v)
    return v


def frame_of(tb):
    class frame:
        pass

    f = frame()
    f.f_code = _tb_code(tb)
    f.f_lineno = tb.tb_lineno
    f.f_back = None
    return f


def match_args(cls, subject, names, n):
    # Class patterns of metaclasses, and wrong ones: what the first n sub-patterns of cls(...) stand for, which is names of
    # attributes or the subject itself (False). Where something is wrong with a name, the attributes before it are looked up
    # first, and one that is missing ends it (None).
    if n > 16:
        _charge(n * n)
    missing = []
    args = _getattr_or(cls, "__match_args__", missing)
    allowed = 0
    if args is missing:
        if _takes_self(cls):
            if n == 1:
                return False
            allowed = 1
        args = ()
    elif type(args) is not tuple:
        raise TypeError(f"{cls.__name__}.__match_args__ must be a tuple (got {_type_name(args)})")
    else:
        allowed = len(args)
    if allowed < n:
        s = "" if allowed == 1 else "s"
        raise TypeError(f"{cls.__name__}() accepts {allowed} positional sub-pattern{s} ({n} given)")
    wanted = args[:n] + names
    good = 0
    for name in wanted:
        if type(name) is not str or name in wanted[:good]:
            break
        good += 1
    else:
        return args
    for before in wanted[:good]:
        if _getattr_or(subject, before, missing) is missing:
            return None
    if type(name) is not str:
        raise TypeError(f"__match_args__ elements must be strings (got {_type_name(name)})")
    raise TypeError(f"{cls.__name__}() got multiple sub-patterns for attribute {name!r}")
