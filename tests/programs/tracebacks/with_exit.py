class CM:
    def __enter__(self): return self
    def __exit__(self, t, v, tb):
        print("exit", t.__name__)
        if t is ValueError: raise KeyError("from exit")
with CM():
    try:
        with CM(): int("q")
    except KeyError as e:
        print("got", e, repr(e.__context__))
with CM() as c:
    raise ValueError("in body")
