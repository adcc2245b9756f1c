match v:
    case 1: return
