class P:
    def __init__(self): self.v = 1
def show(p):
    return f"value {p.v:>5} and {p.w!r}"
show(P())
