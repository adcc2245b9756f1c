match v:
    case ((a, b) |
          [a]): pass
