"""The project's folder stays a table of contents."""

from house import end, find, root

EXPECTED = {
    "src", "include", "themes", "tests",
    "meson.build", "bootstrap", "README.md", "LICENSE",
    ".ci", ".clang-format", ".clang-tidy", ".editorconfig", ".gitignore",
}  # fmt: skip

found = {p.name for p in root.iterdir() if p.name != ".git" and not p.name.startswith("build")} | (
    {"bootstrap"} if (root / "bootstrap").exists() else set()
)
for extra in sorted(found - EXPECTED):
    find(extra, "does not belong at the root")
for lacking in sorted(EXPECTED - found):
    find(lacking, "is missing at the root")
end()
