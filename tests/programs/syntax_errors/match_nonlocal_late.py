def f(v):
    match v:
        case x:
            global x
