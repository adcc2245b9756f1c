# Counting words of a generated text with dicts, then ranking them.

SYLLABLES = "ka lo mi ne pu ra si to ve wo xa yi zu be da fe go hi ju".split()


def generate(count):
    seed = 12345
    words = []
    for _ in range(count):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        n = seed >> 16
        word = SYLLABLES[n % 19] + SYLLABLES[n // 19 % 7]
        if n % 3 == 0:
            word += SYLLABLES[n // 133 % 5]
        if n % 11 == 0:
            word = word.capitalize() + "."
        words.append(word)
    return " ".join(words)


def count_words(text):
    counts = {}
    for word in text.split():
        word = word.strip(".,;").lower()
        if word in counts:
            counts[word] += 1
        else:
            counts[word] = 1
    return counts


def letters(text):
    seen = {}
    for c in text:
        seen[c] = seen.get(c, 0) + 1
    return seen


def pairs(text):
    follow = {}
    last = None
    for word in text.lower().split():
        if last is not None:
            follow.setdefault(last, {}).setdefault(word, 0)
            follow[last][word] += 1
        last = word
    return follow


def main():
    text = generate(900000)
    counts = count_words(text)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    print(len(counts), ranked[:5], ranked[-2:])
    found = letters(text)
    print(sorted(found.items())[:6], sum(found.values()))
    follow = pairs(text)
    best = max(follow, key=lambda w: (max(follow[w].values()), w))
    print(len(follow), best, max(follow[best].values()))


main()
