class Loud:
    def __eq__(self, other):
        raise ValueError(f"compared with {other}")
def f(v):
    match v:
        case 1 | 2:
            return "number"
        case [0, 10000]:
            return "pair"
try:
    f(Loud())
except ValueError as e:
    print(e)
f([0, Loud()])
