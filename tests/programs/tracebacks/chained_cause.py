class AppError(Exception):
    pass
def parse(s):
    try:
        return int(s)
    except ValueError as e:
        raise AppError(f"bad number {s!r}") from e
def load(items):
    out = []
    for s in items:
        out.append(parse(s))
    return out
print(load(["1", "2"]))
load(["3", "x"])
