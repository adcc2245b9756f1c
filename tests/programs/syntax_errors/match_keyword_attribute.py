match v:
    case C(a.b=1): pass
