x = 5
class NoFmt:
    pass
class BadFmt:
    def __format__(self, spec):
        return 5
class BadStr:
    def __str__(self):
        return 5
    def __repr__(self):
        return None
class Boom:
    def __str__(self):
        raise ValueError("str boom")
    def __format__(self, s):
        raise KeyError("fmt boom")
tests = [lambda: f"{x:q}", lambda: f"{NoFmt():5}", lambda: f"{BadFmt()}", lambda: f"{BadStr()}", lambda: f"{BadStr()!r}", lambda: f"{BadStr()!a}", lambda: f"{Boom()}", lambda: f"{Boom()!s}", lambda: f"{undefined}", lambda: f"{x.y}", lambda: f"{x / 0}",
         lambda: f"{'a':d}", lambda: f"{1.5:d}", lambda: f"{x:{'>'}{'a'}}", lambda: f"{[]:>5}", lambda: f"{{}}{x[0]}", lambda: f"{x:{undefined2}}", lambda: format(x, 5), lambda: format(), lambda: str(BadStr()), lambda: repr(BadStr())]
for t in tests:
    try:
        print(t())
    except Exception as e:
        print(type(e).__name__, e)
order = []
def t(v):
    order.append(v)
    return v
f"{t(1)}{t(2):{t(3)}}{t(4)!r:{t(5)}}"
print(order)
