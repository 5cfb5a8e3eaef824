"""Keys are compared in constant time or not at all: how long it takes to refuse a
wrong one must not tell how much of it was right. What proves a key is the
handshake; whatever else is compared is derived from it and tells nothing.
"""

from house import end, find, lines_matching, name, sources

BYTES = r"\b(memcmp|bcmp)\s*\((?:(?!&&|\|\|)[^;])*?(\bkey\b|psk|secret|fresh|KEY_SIZE)"
TEXTS = r"\b(str_eq|strn?cmp)\s*\((?:(?!&&|\|\|)[^;])*?(psk|secret|fresh|key_text|->key\b)"

for path in sources("src/link/*.c", "src/app/*.c"):
    for pattern in (BYTES, TEXTS):
        for line, match in lines_matching(path, pattern):
            find(f"{name(path)}:{line}", f"{match[1]} of a key tells how much of it was right: sodium_memcmp")
end()
