/* What the tests of this room do over and over. */
#include <errno.h>
#include <stdio.h>

#include "lab.h"

int
lab_file(const char *folder, struct str name, struct buf *out)
{
	struct buf path = {0};
	buf_puts(&path, folder);
	buf_char(&path, '/');
	buf_str(&path, name);
	FILE *f = fopen(path.p, "rb");
	buf_finish(&path);
	if (!f)
		return -errno;
	char bytes[4096];
	for (size_t n; (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
		buf_put(out, bytes, n);
	fclose(f);
	return 0;
}

static int
load(void *ctx, struct str name, struct buf *out)
{
	return lab_file(ctx, name, out);
}

bool
lab_read(struct agenda *out, struct str source, const char *folder, const char *name,
	struct buf *shown)
{
	struct diag_list l;
	diag_start(&l, name, source);
	bool ok = agenda_read(out, source, folder ? load : NULL, (void *)folder, &l);
	diag_render(shown, &l);
	diag_finish(&l);
	return ok;
}
