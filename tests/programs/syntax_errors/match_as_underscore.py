match v:
    case [1 as _]: pass
