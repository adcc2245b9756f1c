# An exception that ends the program out of compiled code: what is printed is CPython's.
class Account:
    def __init__(self, amount):
        self.amount = amount

    def take(self, n):
        if n > self.amount:
            raise ValueError(f'{n} of {self.amount}')
        self.amount -= n
        return n


def spend(account, k):
    total = 0
    for i in range(k):
        total += account.take(i)
    return total


def main():
    a = Account(10_000)
    print(spend(a, 100))
    print(spend(a, 120))


try:
    main()
except ValueError as e:
    print('caught', e)
b = Account(7_000)
spend(b, 130)
