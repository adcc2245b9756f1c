def run(items, n):
    total = 0
    for i in range(n):
        match items[i % len(items)]:
            case {"op": "add", "value": v}: total += v
            case {"op": "neg", **rest}: total -= len(rest)
            case {"value": int(v)} | [v]: total += v * 10
            case {1: a, 2: b}: total += a * b
            case {"deep": {"list": [x, *_]}}: total += x
            case {}: total += 1000
            case _: total += 100000
    return total


plain = [{"op": "add", "value": 3}, {"op": "neg", "a": 1}, {"value": 4}, {1: 2, 2: 3}]
print(run(plain, 400))
print(run(plain + [{"deep": {"list": (5, 6)}}, {}, {"deep": 0}, 7, [8], "op"], 1000))


class Default(dict):
    def __missing__(self, key):
        return 1


class Own(dict):
    def get(self, key, default=None):
        return super().get(key, default) if key != "op" else "add"


print(run([Default(op="add", value=2), Default(), Own(value=5), Own(), {"op": "neg"}], 500))


class K:
    first = "a"
    second = "b"


def dynamic(n):
    total = 0
    items = [{"a": 1, "b": 2}, {"a": 3}, {"b": 4, "c": 5}, {}]
    for i in range(n):
        if i == n - 3:
            K.second = "a"
        try:
            match items[i % 4]:
                case {K.first: x, K.second: y}: total += x * y
                case {K.first: x, **rest}: total += x + len(rest)
                case {"b": y}: total += y
        except ValueError as e:
            total += 1000
            print(e)
    return total


print(dynamic(401))


def count(words):
    seen = {}
    for w in words:
        match seen:
            case {"stop": _}: break
            case _: seen[w] = seen.get(w, 0) + 1
    return seen


print(count((["a", "b", "a"] * 50 + ["stop", "never"])))
