print("b start")
import _circ_a
print("b sees a has NAME:", hasattr(_circ_a, "NAME"))
NAME = "b"
