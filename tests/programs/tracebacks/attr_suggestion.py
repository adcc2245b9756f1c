class Person:
    def __init__(self): self.name = "x"; self.address = "y"
    def greet(self): return "hi " + self.nmae
p = Person()
try: p.adress
except AttributeError as e: print(e)
p.greet()
