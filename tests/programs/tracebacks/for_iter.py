def rows(data):
    for a, b in data:
        yield a * b
print(list(rows([(1, 2), (3, 4)])))
for r in rows([(1, 2), 5]):
    print(r)
