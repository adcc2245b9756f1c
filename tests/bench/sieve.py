# Primes twice: by crossing out in a list, and by slice assignment, then sums over gaps.


def crossing(limit):
    is_prime = [True] * (limit + 1)
    is_prime[0] = is_prime[1] = False
    i = 2
    while i * i <= limit:
        if is_prime[i]:
            for j in range(i * i, limit + 1, i):
                is_prime[j] = False
        i += 1
    return [n for n in range(limit + 1) if is_prime[n]]


def slices(limit):
    flags = [1] * (limit + 1)
    flags[0:2] = [0, 0]
    for i in range(2, int(limit ** 0.5) + 1):
        if flags[i]:
            flags[i * i::i] = [0] * len(flags[i * i::i])
    return sum(flags)


def gaps(primes):
    seen = {}
    last = primes[0]
    for p in primes[1:]:
        gap = p - last
        seen[gap] = seen.get(gap, 0) + 1
        last = p
    return sorted(seen.items())


def main(limit):
    primes = crossing(limit)
    print(len(primes), primes[-1], sum(primes))
    print(slices(limit))
    print(gaps(primes)[:8])


main(11000000)
