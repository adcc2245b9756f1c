match v:
    case 1: break
