match v:
    case 1 if: pass
