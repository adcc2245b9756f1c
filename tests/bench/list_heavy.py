# Appends, pops, slices, comprehensions, sorting networks and matrices in lists.


def bubble(values):
    n = len(values)
    for i in range(n):
        swapped = False
        for j in range(n - 1 - i):
            if values[j] > values[j + 1]:
                values[j], values[j + 1] = values[j + 1], values[j]
                swapped = True
        if not swapped:
            break
    return values


def heap_sort(values):
    heap = []
    for v in values:
        heap.append(v)
        i = len(heap) - 1
        while i > 0 and heap[(i - 1) // 2] > heap[i]:
            heap[i], heap[(i - 1) // 2] = heap[(i - 1) // 2], heap[i]
            i = (i - 1) // 2
    out = []
    while heap:
        out.append(heap[0])
        last = heap.pop()
        if heap:
            heap[0] = last
            i = 0
            n = len(heap)
            while True:
                c = 2 * i + 1
                if c >= n:
                    break
                if c + 1 < n and heap[c + 1] < heap[c]:
                    c += 1
                if heap[i] <= heap[c]:
                    break
                heap[i], heap[c] = heap[c], heap[i]
                i = c
    return out


def life(size, rounds):
    board = [[(x * y + x) % 3 == 0 for x in range(size)] for y in range(size)]
    for _ in range(rounds):
        new = []
        for y in range(size):
            up, row, down = board[y - 1], board[y], board[(y + 1) % size]
            line = []
            for x in range(size):
                l, r = x - 1, (x + 1) % size
                n = up[l] + up[x] + up[r] + row[l] + row[r] + down[l] + down[x] + down[r]
                line.append(n == 3 or (n == 2 and row[x]))
            new.append(line)
        board = new
    return sum(map(sum, board))


def shuffle(n):
    seed = 1
    values = list(range(n))
    for i in range(n - 1, 0, -1):
        seed = (seed * 16807) % 2147483647
        j = seed % (i + 1)
        values[i], values[j] = values[j], values[i]
    return values


def queues(n):
    stack, out = [], []
    for i in range(n):
        stack.append(i)
        if i % 3 == 2:
            out.extend([stack.pop(), stack.pop()])
        if len(out) > 1000:
            out = out[500:]
    return len(stack), len(out), sum(out)


def main():
    values = shuffle(1500)
    print(bubble(values)[:5])
    print(heap_sort(shuffle(120000))[-3:])
    print(life(64, 170))
    print(queues(2600000))
    print(sum([x * x for x in shuffle(200000) if x % 2][::3]), len([y for x in range(500) for y in range(x) if y % 7 == 3]))


main()
