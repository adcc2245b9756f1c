match v:
    case -1 + 2: pass
