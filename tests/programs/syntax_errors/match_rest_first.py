match v:
    case {**r, 'a': 1}: pass
