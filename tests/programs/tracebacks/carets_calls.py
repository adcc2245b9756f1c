class Box:
    def __init__(self, v): self.v = v
    def get(self, k): return self.v[k]
def go(b):
    total = 0
    for k in ("a", "b"):
        total += b.get(k) * 2 + len(b.get(
            k)) + 1
    return total
box = Box({"a": [1]})
try:
    go(box)
except TypeError as e:
    print(e)
box.v = {"a": "x"}
result = [go(b) for b in [box]]
