class Wrong(list):
    def __len__(self): return 2
def f(v):
    match v:
        case [a, b] | [a, b, _]:
            return a
print(f([1, 2]))
f(Wrong([1]))
