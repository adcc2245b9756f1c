class Names:
    RED = 1
def f(v):
    match v:
        case Names.RED | 2: return "red"
        case Names.GREEN: return "green"
print(f(1))
f(3)
