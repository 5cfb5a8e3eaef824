/*
 * The bytes of a file before YAML sees them. libyaml would stop at a byte
 * offset in words about octets; here a file from a Chinese Windows is called
 * what it is, and the way out is named.
 */
#include <stdio.h>

#include "dais/decode.h"
#include "dais/i18n.h"
#include "dais/utf8.h"
#include "yaml_parts.h"

static const struct diag_place start = {1, 1};

static struct diag_place
place_of(struct str text, size_t offset)
{
	struct diag_place at = start;
	for (size_t i = 0; i < offset; i++) {
		bool end = text.p[i] == '\n' ||
			   (text.p[i] == '\r' && (i + 1 == text.n || text.p[i + 1] != '\n'));
		if (end)
			at = (struct diag_place){at.line + 1, 1};
		else if ((text.p[i] & 0xc0) != 0x80)
			at.column++;
	}
	return at;
}

/* What libyaml refuses; an unseen character that it takes is kept as it is. */
static bool
misplaced(uint32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f ||
	       (c >= 0x80 && c <= 0x9f && c != 0x85) || c == 0xfeff || c == 0xfffe || c == 0xffff;
}

static bool
characters(struct str text, struct diag_list *l)
{
	uint32_t code = 0;
	for (size_t at = 0; at < text.n; at += utf8_read(str_from(text, at), &code)) {
		utf8_read(str_from(text, at), &code);
		if (!misplaced(code))
			continue;
		char name[16];
		int n = snprintf(name, sizeof name, "U+%04X", (unsigned)code);
		struct str args[] = {{name, (size_t)n}};
		diag_add(l, place_of(text, at), 1, false,
			diag_text(_("An invisible character stands here ({0})."), args, 1),
			xstrdup(_("delete it; it came with something that was pasted")));
		return false;
	}
	return true;
}

static void
not_utf8(struct str text, size_t bad, struct diag_list *l)
{
	struct buf decoded = {0};
	struct str args[] = {str_of(l->file)};
	bool chinese = decode_gb18030(&decoded, text);
	buf_finish(&decoded);
	if (chinese)
		diag_add(l, place_of(text, bad), 1, false,
			xstrdup(_("This file is in GB18030 (GBK), not in UTF-8.")),
			diag_text(_("save it as UTF-8 in the editor, or: "
				    "iconv -f GB18030 -t UTF-8 '{0}' > utf8.yaml"),
				args, 1));
	else
		diag_add(l, place_of(text, bad), 1, false, xstrdup(_("This byte is not UTF-8.")),
			xstrdup(_("save the file as UTF-8 in the editor")));
}

bool
yaml_bytes(struct str source, struct diag_list *l, struct str *text)
{
	*text = source;
	if (source.n > YAML_BYTES_MAX) {
		diag_error(
			l, (struct diag_place){0}, 0, _("The file is larger than 1 MiB."), NULL, 0);
		return false;
	}
	if (str_starts(source, STR("\xff\xfe")) || str_starts(source, STR("\xfe\xff"))) {
		diag_add(l, (struct diag_place){0}, 0, false,
			xstrdup(_("This file is in UTF-16, not in UTF-8.")),
			xstrdup(_("save it as UTF-8 in the editor (Notepad calls UTF-16 "
				  "\"Unicode\")")));
		return false;
	}
	if (str_starts(source, STR("\xef\xbb\xbf"))) {
		*text = str_from(source, 3);
		diag_add(l, start, 1, true,
			xstrdup(_("The file begins with a byte order mark (BOM).")),
			xstrdup(_("save it as UTF-8 without BOM")));
	}
	size_t bad;
	if (!utf8_valid(*text, &bad)) {
		not_utf8(*text, bad, l);
		return false;
	}
	return characters(*text, l);
}
