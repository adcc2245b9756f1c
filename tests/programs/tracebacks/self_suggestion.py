class A:
    def __init__(self): self.size = 3
    def show(self):
        return size + 1
A().show()
