print("start")
import _syntax
