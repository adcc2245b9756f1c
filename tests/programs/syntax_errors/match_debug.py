match v:
    case [1, __debug__]: pass
