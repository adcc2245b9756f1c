# What str and bytes do when they meet guest code.


def text_getitem(obj, key):
    if isinstance(key, slice):
        key = slice(
            _text_bound(key.start), _text_bound(key.stop), _text_bound(key.step)
        )
    else:
        key = index(key)
    return _native_getitem(obj, key)


def _text_bound(v):
    return v if v is None else index(v)


def str_translate(s, table):
    out = []
    for c in str.__iter__(s):
        try:
            v = table[ord(c)]
        except LookupError:
            out.append(c)
        else:
            out.append(_translated(v))
    return "".join(out)
