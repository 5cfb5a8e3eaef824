/*
 * How the page looks. Colours of text have at least 4.5:1 and those of bars
 * 3:1 to their ground in both modes (a test counts them). Below 40rem rows of
 * pictures put their words above the bars.
 */
#include "html.h"

static const char palette[] =
	":root{color-scheme:light dark;--ground:#fff;--text:#1a1f26;--muted:#566070;"
	"--rule:#d5dae1;--soft:#f5f7f9;--link:#0b57b0;--draft:#fff3cf;--draft-text:#5a3a00;"
	"--plan:#7b8696;"
	"--c0:#2563eb;--c1:#b45309;--c2:#047857;--c3:#be185d;--c4:#6d28d9;--c5:#0e7490;"
	"--c6:#a16207;--c7:#4d7c0f;--cx:#6b7280}\n"
	"@media screen and (prefers-color-scheme:dark){"
	":root{--ground:#111519;--text:#e7eaee;--muted:#9da8b5;--rule:#2f3740;--soft:#191f25;"
	"--link:#7db4ff;--draft:#3a2d08;--draft-text:#ffe09a;--plan:#8f9bab;"
	"--c0:#6aa5ff;--c1:#f59e0b;--c2:#34d399;--c3:#f472b6;--c4:#a78bfa;--c5:#22d3ee;"
	"--c6:#facc15;--c7:#a3e635;--cx:#97a1af}}\n"
	".c0{fill:var(--c0);--c:var(--c0)}.c1{fill:var(--c1);--c:var(--c1)}"
	".c2{fill:var(--c2);--c:var(--c2)}.c3{fill:var(--c3);--c:var(--c3)}"
	".c4{fill:var(--c4);--c:var(--c4)}.c5{fill:var(--c5);--c:var(--c5)}"
	".c6{fill:var(--c6);--c:var(--c6)}.c7{fill:var(--c7);--c:var(--c7)}"
	".cx{fill:var(--cx);--c:var(--cx)}.plan{fill:none;stroke:var(--plan);stroke-width:1.5}\n";

static const char text[] =
	"*{box-sizing:border-box}\n"
	"html{-webkit-text-size-adjust:100%;text-size-adjust:100%}\n"
	"body{margin:0;background:var(--ground);color:var(--text);overflow-wrap:anywhere;"
	"font:1rem/1.7 system-ui,-apple-system,\"Segoe UI\",\"PingFang SC\","
	"\"Hiragino Sans GB\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",\"Noto Sans SC\","
	"sans-serif}\n"
	"main{max-width:60rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}\n"
	"h1,h2,h3,p,dl,dd,ul,ol,figure{margin:0;padding:0}\n"
	"h1{font-size:clamp(1.5rem,1.1rem + 2vw,2rem);line-height:1.3}\n"
	"h2{font-size:1.4rem;line-height:1.35}\n"
	"h3{font-size:1rem;font-weight:400;line-height:1.5}\n"
	"a{color:var(--link);text-underline-offset:.2em}\n"
	".draft{padding:.6rem 1.25rem;background:var(--draft);color:var(--draft-text);"
	"text-align:center;line-height:1.5}\n"
	".draft strong{letter-spacing:.08em}\n"
	".series,.above,.when,.of,.stay,.parts,.aside{color:var(--muted)}\n"
	".series{margin-bottom:.4rem}\n"
	".above,.when,.stay,.parts,.aside{font-size:.875rem}\n"
	".above,.when,.sum,.stay,.parts{font-variant-numeric:tabular-nums}\n"
	".name{font-weight:600}\n"
	".facts{margin-top:1.25rem;padding-top:1rem;border-top:1px solid var(--rule)}\n"
	".facts>div,.people dl>div{display:grid;grid-template-columns:10rem 1fr;gap:0 1rem;"
	"padding:.15rem 0}\n"
	"dt{color:var(--muted)}\n"
	".people dd{grid-column:2}.people dt{grid-column:1}\n"
	".people dt{grid-row:1/span 99}\n"
	"section,footer{margin-top:3rem}\n"
	"section>h2,footer>h2{margin-bottom:.75rem}\n"
	".segment{padding-left:1rem;border-left:.25rem solid var(--c)}\n"
	".turn{display:grid;grid-template-columns:minmax(0,15rem) minmax(0,1fr);gap:.25rem 1.5rem;"
	"padding:.9rem 0;border-top:1px solid var(--rule)}\n"
	".held{list-style:none;display:grid;gap:.4rem;align-content:start}\n"
	".held span,.held q{white-space:pre-line}\n"
	".stay{white-space:nowrap}\n"
	".mark{font-weight:600}\n"
	".about{margin-top:1rem}\n"
	".segment>p,.segment>.held{margin-top:.4rem}.segment>.above{margin:0}\n";

static const char pictures[] =
	"figure{margin-top:2rem}\n"
	"figcaption{font-weight:600;font-size:1.1rem;margin-bottom:.5rem}\n"
	"figure h3{font-weight:600;margin:1rem 0 .25rem}\n"
	".row{display:grid;grid-template-columns:7.5rem minmax(0,1fr) 4.5rem;gap:0 .75rem;"
	"align-items:center;padding:.15rem 0;break-inside:avoid}\n"
	".wide .row{grid-template-columns:9rem minmax(0,1fr) 14.5rem}\n"
	".who,.sum{line-height:1.4}\n"
	".sum{text-align:right}\n"
	".parts{grid-column:2/-1;line-height:1.4;margin-bottom:.3rem}\n"
	".wide .total{grid-template-columns:auto minmax(0,1fr) auto}\n"
	".total{border-top:1px solid var(--rule);font-weight:600}\n"
	".plot{display:block;overflow:visible;min-width:0}\n"
	"svg.plot{background:var(--soft)}.scale svg.plot{background:none}\n"
	".plot rect{rx:2px}\n"
	".plot line{stroke:var(--rule)}\n"
	".plot text{fill:var(--muted);font-size:11px;text-anchor:middle}\n"
	".legend{list-style-position:outside;padding-left:2rem;margin-top:.4rem;font-size:.9rem}\n"
	".legend li{padding-left:.25rem}\n"
	".key{vertical-align:-1px}\n"
	"@media (max-width:40rem){\n"
	".turn{grid-template-columns:minmax(0,1fr)}\n"
	".facts>div,.people dl>div{grid-template-columns:minmax(0,1fr);padding:.3rem 0}\n"
	".people dd,.people dt{grid-column:1;grid-row:auto}\n"
	".row,.wide .row{grid-template-columns:minmax(0,1fr) auto;padding:.3rem 0}\n"
	".row .plot{grid-column:1/-1;grid-row:2}.row .sum{grid-row:1;grid-column:2}\n"
	".scale .who,.scale .sum,.thin{display:none}\n"
	".parts{grid-column:1/-1;grid-row:3}\n"
	"}\n"
	"@media print{\n"
	"@page{margin:18mm}\n"
	"html{font-size:10pt}main{max-width:none;padding:1rem 0 0}\n"
	".draft{border:1px solid currentColor}\n"
	"*{print-color-adjust:exact;-webkit-print-color-adjust:exact}\n"
	"a{color:inherit;text-decoration:none}\n"
	"h2,h3,figcaption,.above{break-after:avoid}.turn{break-inside:avoid}\n"
	"}\n";

void
html_style(struct buf *out)
{
	buf_puts(out, palette);
	buf_puts(out, text);
	buf_puts(out, pictures);
}
