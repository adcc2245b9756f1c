s = "ab" * 10000000
while True:
    s.count("ba"); s.find("c"); s.rfind("c"); s.split("c"); s.replace("c", "d")
