def g(n):
    local = [0] * 100
    yield n
    yield local
gs = []
while True:
    it = g(len(gs))
    next(it)
    gs.append(it)
