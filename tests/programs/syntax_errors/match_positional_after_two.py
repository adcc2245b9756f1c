match v:
    case C(a=1, 2, [3, 4], b=6): pass
