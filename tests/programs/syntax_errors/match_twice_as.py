match v:
    case [x, _] as x: pass
