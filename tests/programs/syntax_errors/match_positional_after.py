match v:
    case C(a=1, 2, C(x=4), 5, b=6): pass
