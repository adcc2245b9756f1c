# Built-in functions, where they meet guest code. StopIteration leaves a frozen generator as it is, as in CPython's
# built-in iterators, so `next(it)` inside one ends it.


def hash_of(v):
    if _has_guest_hash(v):
        method = _special(v, "__hash__")
        if method is None:
            raise TypeError(f"unhashable type: '{_type_name(v)}'")
        return int_hash(method())
    return _tuple_hash([hash(x) for x in _hash_items(v)])


# The hash of `v`, whose class has function `f` as __hash__.
def hash_by(f, v):
    return int_hash(f(v))


def int_hash(r):
    if type(r) is int and -1 < r < 2305843009213693951:
        return r
    if not isinstance(r, int):
        raise TypeError("__hash__ method should return an integer")
    return _int_hash(r)


def format_of(v, spec):
    r = _special(v, "__format__")(spec)
    if not isinstance(r, str):
        raise TypeError(f"__format__ must return a str, not {_type_name(r)}")
    return r


def ascii_of(v):
    return _ascii(repr(v))


def str_again(v):
    return str(v)


def print_to(values, sep, end, file, flush):
    if file is None:
        file = _stdout()
        if file is None:
            return
    if sep is None:
        sep = " "
    if end is None:
        end = "\n"
    write = file.write
    first = True
    for v in values:
        if first:
            first = False
        else:
            write(sep)
        write(str(v))
    write(end)
    if flush:
        file.flush()


def iter_of(v):
    method = _special(v, "__iter__")
    if method is None:
        raise TypeError(f"'{_type_name(v)}' object is not iterable")
    r = method()
    if not _is_iterator(r):
        raise TypeError(f"iter() returned non-iterator of type '{_type_name(r)}'")
    return r


def iter_callable(f, sentinel):
    return _as(iter_callable_items(f, sentinel), _iterator_type("callable_iterator"))


def iter_callable_items(f, sentinel):
    while True:
        v = f()
        if v is sentinel or v == sentinel:
            return
        yield v


def next_default(it, default):
    try:
        return _special(it, "__next__")()
    except StopIteration:
        return default


def next_of_generator(g, default):
    for x in g:
        return x
    return default


def getattr_of(obj, name):
    return _getattr(obj, name)


def getattr_hooked(obj, name):
    # Where `__getattribute__` or a descriptor may fail and `__getattr__` knows better.
    hook = _special(obj, "__getattr__")
    try:
        if hook is None:
            return _special(obj, "__getattribute__")(name)
        return getattr_twice(obj, name, hook)
    except AttributeError as e:
        _note_attribute(e, obj, name)
        raise


def getattr_twice(obj, name, hook):
    try:
        return _special(obj, "__getattribute__")(name)
    except AttributeError:
        pass
    return hook(name)


def getattr_default(obj, name, default):
    try:
        return _getattr(obj, name)
    except AttributeError:
        return default


def hasattr_of(obj, name):
    try:
        _getattr(obj, name)
    except AttributeError:
        return False
    return True


def isinstance_guest(obj, cls):
    if type(obj) is cls:
        return True
    return True if _special(cls, "__instancecheck__")(obj) else False


def isinstance_any(obj, classes):
    for c in classes:
        _charge(1)
        if isinstance(obj, c):
            return True
    return False


def issubclass_guest(cls, other):
    return True if _special(other, "__subclasscheck__")(cls) else False


def issubclass_any(cls, classes):
    for c in classes:
        _charge(1)
        if issubclass(cls, c):
            return True
    return False


def vars_of(obj):
    try:
        return _getattr(obj, "__dict__")
    except AttributeError:
        pass
    raise TypeError("vars() argument must have __dict__ attribute")


def sum_of(iterable, start):
    if isinstance(start, str):
        raise TypeError("sum() can't sum strings [use ''.join(seq) instead]")
    if isinstance(start, bytes):
        raise TypeError("sum() can't sum bytes [use b''.join(seq) instead]")
    items = _steps(iter(iterable))
    total = start
    while True:
        kind = type(total)
        if kind is int:
            for x in items:
                _charge(1)
                t = type(x)
                total = total + x
                if t is not int and t is not bool:
                    break
            else:
                return total
        elif kind is float:
            carry = 0.0
            other = False
            for x in items:
                _charge(1)
                t = type(x)
                if t is not float:
                    if isinstance(x, int):
                        x = int.__float__(x)
                    else:
                        other = True
                        break
                s = total + x
                if (total if total >= 0.0 else -total) >= (x if x >= 0.0 else -x):
                    carry += (total - s) + x
                else:
                    carry += (x - s) + total
                total = s
            if carry and carry - carry == 0.0:
                total += carry
            if not other:
                return total
            total = total + x
        else:
            for x in items:
                _charge(1)
                total = total + x
            return total


def min_of(items, key, default, what):
    it = _steps(iter(items))
    try:
        best = next(it)
    except StopIteration:
        if default is NotImplemented:
            raise ValueError(f"{what}() iterable argument is empty") from None
        return default
    if key is None:
        if what == "min":
            for x in it:
                _charge(1)
                if x < best:
                    best = x
        else:
            for x in it:
                _charge(1)
                if x > best:
                    best = x
        return best
    best_key = key(best)
    for x in it:
        _charge(1)
        k = key(x)
        if k < best_key if what == "min" else k > best_key:
            best = x
            best_key = k
    return best


def any_of(items):
    for x in items:
        _charge(1)
        if x:
            return True
    return False


def all_of(items):
    for x in items:
        _charge(1)
        if not x:
            return False
    return True


def sorted_of(items, key, reverse):
    return sorted_fresh([x for x in items], key, reverse)


# Iterators.


def reversed_of(cls, v):
    method = _special(v, "__reversed__")
    if method is not None:
        return method()
    if _special(v, "__getitem__") is None or isinstance(v, dict):
        raise TypeError(f"'{_type_name(v)}' object is not reversible")
    return _as(reversed_items(v, len(v)), cls)


def reversed_items(v, n):
    while n > 0:
        n -= 1
        try:
            x = v[n]
        except IndexError:
            return
        yield x


def enumerate_of(cls, iterable, start):
    if not isinstance(start, int):
        start = index(start)
    return _as(enumerate_items(_steps(iter(iterable)), start), cls)


def enumerate_items(it, n):
    for x in it:
        yield n, x
        n += 1


def zip_of(cls, iterables, strict):
    its = [_steps(iter(x)) for x in iterables]
    if strict:
        gen = zip_strict(its)
    elif len(its) == 2:
        gen = zip_two(its[0], its[1])
    else:
        gen = zip_items(its)
    return _as(gen, cls)


def zip_two(a, b):
    for x in a:
        yield x, next(b)


def zip_items(its):
    if not its:
        return
    while True:
        yield tuple([next(it) for it in its])


def zip_strict(its):
    if not its:
        return
    while True:
        row = strict_row(its, "zip")
        if row is None:
            return
        yield tuple(row)


def strict_row(its, what):
    # The next item of each, None at the common end.
    row = []
    for it in its:
        try:
            row.append(next(it))
        except StopIteration:
            break
    else:
        return row
    n = len(row)
    if n:
        plural = " " if n == 1 else "s 1-"
        raise ValueError(f"{what}() argument {n + 1} is shorter than argument{plural}{n}")
    i = 1
    while i < len(its):
        try:
            next(its[i])
        except StopIteration:
            i += 1
            continue
        plural = " " if i == 1 else "s 1-"
        raise ValueError(f"{what}() argument {i + 1} is longer than argument{plural}{i}")
    return None


def map_one_of(cls, f, iterable):
    return _as(map_one(f, _steps(iter(iterable))), cls)


def map_of(cls, f, iterables, strict):
    its = [_steps(iter(x)) for x in iterables]
    if strict and len(its) > 1:
        gen = map_strict(f, its)
    elif len(its) == 1:
        gen = map_one(f, its[0])
    elif len(its) == 2:
        gen = map_two(f, its[0], its[1])
    else:
        gen = map_items(f, its)
    return _as(gen, cls)


def map_one(f, it):
    for x in it:
        yield f(x)


def map_two(f, a, b):
    for x in a:
        yield f(x, next(b))


def map_items(f, its):
    while True:
        yield f(*[next(it) for it in its])


def map_strict(f, its):
    while True:
        row = strict_row(its, "map")
        if row is None:
            return
        yield f(*row)


def filter_of(cls, f, iterable):
    it = _steps(iter(iterable))
    if f is None or f is bool:
        return _as(filter_true(it), cls)
    return _as(filter_items(f, it), cls)


def filter_true(it):
    for x in it:
        _charge(1)
        if x:
            yield x


def filter_items(f, it):
    for x in it:
        _charge(1)
        if f(x):
            yield x


# Exceptions: texts that need guest code.


def exc_repr(e):
    args = e.args
    if len(args) == 1:
        return f"{_type_name(e)}({args[0]!r})"
    return _type_name(e) + repr(args)


def repr_again(v):
    return repr(v)


def os_error_str(e):
    errno, strerror, filename, filename2 = _os_fields(e)
    if filename2 is not None:
        return f"[Errno {errno}] {strerror}: {filename!r} -> {filename2!r}"
    if filename is not None:
        return f"[Errno {errno}] {strerror}: {filename!r}"
    return f"[Errno {errno}] {strerror}"


def text_of(v, what):
    # `str(v)`, whatever it does.
    try:
        return str(v)
    except Exception:
        return f"<{what} str() failed>"


def exception_brief(e):
    # What builds without feature `tracebacks` show of an exception.
    text = text_of(e, "exception")
    return f"{_exc_name(e)}: {text}\n" if text else f"{_exc_name(e)}\n"


# Descriptors.


def property_doc(fget):
    try:
        return fget.__doc__
    except AttributeError:
        return None


def method_repr(m):
    try:
        name = m.__func__.__qualname__
    except AttributeError:
        name = "?"
    return f"<bound method {name} of {m.__self__!r}>"


def staticmethod_repr(m):
    return f"<staticmethod({m.__func__!r})>"


def classmethod_repr(m):
    return f"<classmethod({m.__func__!r})>"


def mappingproxy_repr(d):
    return f"mappingproxy({d!r})"


def add_note(e, note):
    try:
        notes = e.__notes__
    except AttributeError:
        e.__notes__ = [note]
        return
    if not isinstance(notes, list):
        raise TypeError("Cannot add note: __notes__ is not a list")
    notes.append(note)


def write_lines(file, lines):
    for line in lines:
        _charge(1)
        file.write(line)
