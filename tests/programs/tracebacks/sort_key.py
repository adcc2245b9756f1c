def key(p):
    return p["age"]
people = [{"age": 3}, {"age": 1}]
print(sorted(people, key=key))
people.append({"name": "x"})
people.sort(key=key)
