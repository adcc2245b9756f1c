match v:
    case 1 as 'a': pass
