match v:
    case {1: 1, 'b': 2, 1.0: 3}: pass
