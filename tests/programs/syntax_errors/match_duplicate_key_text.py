match v:
    case {b'\n\'\xff': 1, b'\n\'\xff': 2}: pass
