class E:
    def __eq__(self, o):
        while True:
            pass
[E()] == [E()]
