def combine(first_argument, second_argument, third_argument):
    return first_argument["key"] + second_argument["another key"] * third_argument["yet another key"] - first_argument["missing"]
combine({"key": 1}, {"another key": 2}, {"yet another key": 3})
