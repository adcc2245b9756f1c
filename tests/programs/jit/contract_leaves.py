# Ways through loops that raise, return, yield or call before they come back to the loop's head.


def raises(n):
    total = caught = 0
    for i in range(n):
        try:
            if i % 7 == 3:
                raise ValueError(i)
            total += 1 // (i % 11)
        except ZeroDivisionError:
            caught += 1
        except ValueError as e:
            caught += e.args[0] % 5
        finally:
            total += 1
    return total, caught


def helper(i, acc):
    for k in range(3):
        if k == i % 4:
            return acc + k
        acc += 1
    return acc


def calls(n):
    acc = 0
    for i in range(n):
        acc = helper(i, acc)
        if acc % 9 == 0:
            acc = helper(acc, i)
        if i % 100 == 99:
            acc = float(acc)
        if i % 100 == 7:
            acc = int(acc)
    return acc


def counts(n):
    k = 0
    while k < n:
        if k % 6 == 5:
            yield -k
        else:
            yield k
        k += 1 if k % 10 else 2


def generator(n):
    total = 0
    for v in counts(n):
        if v < 0:
            total -= 1
            continue
        total += v
    return total


def two_loops(n):
    i, out = 0, []
    while True:
        i += 1
        while i % 5:
            i += 1
            if i > n:
                out.append(i)
                return out
        if i % 3 == 0:
            out.append(i)
        if len(out) > 20:
            out = out[10:]


def recursion(n):
    def walk(depth, acc):
        for k in range(4):
            if depth and k == depth % 4:
                acc = walk(depth - 1, acc + 1)
            elif acc % 3 == 0:
                acc += 2
            else:
                acc += 1
        return acc

    total = 0
    for i in range(n):
        total += walk(i % 6, i)
    return total


def sieve(n):
    flags = [True] * n
    primes = 0
    for i in range(2, n):
        if flags[i]:
            primes += 1
            j = i * i
            while j < n:
                if flags[j]:
                    flags[j] = False
                j += i
    return primes


print(raises(800), calls(800), generator(900), two_loops(900), recursion(120), sieve(3000))
