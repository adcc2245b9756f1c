match v:
    case 1, *x, 2, *_: pass
