match v:
    pass
