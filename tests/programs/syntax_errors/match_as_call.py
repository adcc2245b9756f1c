match v:
    case C(x=1 as f(2)): pass
