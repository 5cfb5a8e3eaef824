/* Who runs this, as the machine knows them: for the log, where nobody said another name. */
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "internal.h"

char *
login_name(void)
{
	const struct passwd *who = getpwuid(geteuid());
	struct buf number = {0};
	if (who && who->pw_name && *who->pw_name)
		return xstrdup(who->pw_name);
	buf_int(&number, (int64_t)geteuid());
	return number.p;
}
