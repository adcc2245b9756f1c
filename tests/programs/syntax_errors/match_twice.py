match v:
    case [x, {'k': x}]: pass
