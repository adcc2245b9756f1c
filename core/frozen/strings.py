# Methods of str that builds may leave out.


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
