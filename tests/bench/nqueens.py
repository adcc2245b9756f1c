# All placements of queens on a board, found by recursive generators.


def place(n, row, columns, rising, falling, board):
    if row == n:
        yield tuple(board)
        return
    for column in range(n):
        if columns[column] or rising[row + column] or falling[row - column + n]:
            continue
        columns[column] = rising[row + column] = falling[row - column + n] = True
        board.append(column)
        yield from place(n, row + 1, columns, rising, falling, board)
        board.pop()
        columns[column] = rising[row + column] = falling[row - column + n] = False


def solutions(n):
    return place(n, 0, [False] * n, [False] * (2 * n), [False] * (2 * n + 1), [])


def permutations(items):
    if len(items) < 2:
        yield items
        return
    for i, item in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield [item] + rest


def main():
    for n in (4, 6, 8, 10):
        found = list(solutions(n))
        print(n, len(found), found[0], found[-1])
    print([next(solutions(n))[0] for n in range(8, 22)])
    fixed = 0
    for p in permutations(list(range(9))):
        fixed += sum(1 for i, v in enumerate(p) if i == v)
    for board in solutions(9):
        fixed += sum(1 for i, v in enumerate(board) if i == v)
    print(fixed)


main()
