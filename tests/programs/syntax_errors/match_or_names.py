match v:
    case [x, 1] | [y, 1]: pass
