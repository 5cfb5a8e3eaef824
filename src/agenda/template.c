/* The agendas to fill in: files beside this one, put into the program by embed.py. */
#include "dais/agenda.h"

extern const unsigned char agenda_template_en[], agenda_template_zh[];
extern const size_t agenda_template_en_size, agenda_template_zh_size;

struct str
agenda_template(bool chinese)
{
	return chinese ? (struct str){(const char *)agenda_template_zh, agenda_template_zh_size}
		       : (struct str){(const char *)agenda_template_en, agenda_template_en_size};
}
