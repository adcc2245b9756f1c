def outer():
    class C:
        def m(self):
            value = [i for i in range(3) if]
            return value
