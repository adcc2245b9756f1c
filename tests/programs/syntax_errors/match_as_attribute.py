match v:
    case (1 as a.b, 2): pass
