class Node:
    def __init__(self, next):
        self.next = next
        self.data = [0] * 10
n = None
while True:
    n = Node(n)
