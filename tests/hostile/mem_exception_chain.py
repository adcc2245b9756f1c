# A chain of a million links, then shown as a traceback.
def chain(n):
    last = None
    for i in range(n):
        e = ValueError(i)
        e.__context__ = last
        last = e
    return last
raise chain(1000000)
