def f(v):
    match v:
        case {"k": int(n)}:
            return 10 // n
        case [*_, last]:
            return last()
        case str() as s:
            match s:
                case "x":
                    raise KeyError(s)
    return None
for v in ({"k": 0}, [1, 2]):
    try:
        f(v)
    except Exception as e:
        print(type(e).__name__, e)
print(f("y"))
f("x")
