print("a start")
import _circ_b
print("a sees", _circ_b.NAME)
NAME = "a"
