# Pipelines of generators and generator expressions, a coroutine, and a merge of sorted streams.


def numbers(seed, count):
    for _ in range(count):
        seed = (seed * 16807) % 2147483647
        yield seed


def chunks(source, size):
    chunk = []
    for item in source:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def running(source):
    total = 0
    for item in source:
        total = (total + item) % 1000003
        yield total


def merge(a, b):
    x, y = next(a, None), next(b, None)
    while x is not None and y is not None:
        if x <= y:
            yield x
            x = next(a, None)
        else:
            yield y
            y = next(b, None)
    while x is not None:
        yield x
        x = next(a, None)
    while y is not None:
        yield y
        y = next(b, None)


def walk(tree):
    if tree:
        left, value, right = tree
        yield from walk(left)
        yield value
        yield from walk(right)


def build(low, high):
    if low >= high:
        return None
    mid = (low + high) // 2
    return build(low, mid), mid, build(mid + 1, high)


def averager():
    total = count = 0
    average = None
    while True:
        value = yield average
        total += value
        count += 1
        average = total / count


def main():
    odd = (n for n in numbers(7, 1600000) if n & 1)
    squares = (n * n % 1009 for n in odd)
    print(sum(max(c) - min(c) for c in chunks(running(squares), 10)))
    print(sum(n * i for i, n in enumerate(merge(iter(range(0, 2000000, 3)), iter(range(0, 2000000, 5))))) % 1000000007)
    print(sum(v * i for i, v in enumerate(walk(build(0, 200000)))) % 1000000007)
    coroutine = averager()
    next(coroutine)
    for n in range(1300000):
        average = coroutine.send(n % 77)
    print(round(average, 6))
    print(sum(1 for _ in zip(numbers(1, 600000), (c for c in "ab" * 300000))), any(n == 5 for n in numbers(3, 900000)))


main()
