def f(v):
    match v.first, v.second(
        1):
        case 1, 2:
            return 1
f("a")
