match v:
    case -x: pass
