def f(v):
    match v:
        case [x, y] if x / y > 1:
            return x
        case (x, *_) if (
            x.missing
        ):
            return 1
    return None
print(f([4, 2]))
f(["a"])
