match v:
pass
