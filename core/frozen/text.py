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
