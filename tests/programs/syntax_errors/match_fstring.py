match v:
    case 1 | f'x{v}': pass
