"""The page's style sheet, from the product's tokens: colours by meaning, three voices of type, hairlines."""

from __future__ import annotations

_LIGHT = {
    "bg": "#f7f7f5", "surface": "#fff", "raised": "#fff", "sunken": "#f1f1ee", "hover": "#f4f4f1",
    "selected": "#ecece8", "line": "#e5e5e0", "line-2": "#cdcdc6", "control": "#7d828a", "ink": "#17191d",
    "ink-2": "#464b54", "ink-3": "#636872", "deviation": "#a84a08", "deviation-fill": "#d8741c",
    "deviation-tint": "#fcf0e3", "alert": "#b81b39", "alert-fill": "#d4304d", "change": "#2353bf",
    "change-fill": "#3f6fe0", "human-fill": "#17948b", "decision-fill": "#7f56d9", "gap": "#5b616b",
    "gap-line": "#b9bcc2", "gap-tint": "#f1f1ef", "band": "#e9e9e4", "signal": "#4b5563",
    "shadow": "0 6px 28px rgba(20,22,26,.14),0 1px 2px rgba(20,22,26,.06)",
}  # fmt: skip
_DARK = {
    "bg": "#0f1114", "surface": "#15181c", "raised": "#1b1f24", "sunken": "#0b0d0f", "hover": "#1c2025",
    "selected": "#262b31", "line": "#252a30", "line-2": "#3b424b", "control": "#737b86", "ink": "#eceded",
    "ink-2": "#b7bcc4", "ink-3": "#9299a3", "deviation": "#f2a65f", "deviation-fill": "#e5832b",
    "deviation-tint": "#2e2117", "alert": "#ff8595", "alert-fill": "#e64d66", "change": "#8fb1ff",
    "change-fill": "#5d88f0", "human-fill": "#2ba69b", "decision-fill": "#8f69e8", "gap": "#a0a7b1",
    "gap-line": "#4a515a", "gap-tint": "#191d21", "band": "#23282e", "signal": "#a9b0ba",
    "shadow": "0 8px 32px rgba(0,0,0,.6)",
}  # fmt: skip


def style() -> str:
    """The whole style sheet; dark where the reader's system or the button says so, light on paper."""
    light, dark = _tokens(_LIGHT, "light"), _tokens(_DARK, "dark")
    return (
        f":root{{{light}}}@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f":root[data-theme=dark]{{{dark}}}{_TYPE}{_FRAME}{_CLAIMS}{_TABLES}{_CHARTS}{_EVIDENCE}{_SMALL}"
        f"@media print{{:root,:root:not([data-theme=light]),:root[data-theme=dark]{{{light}}}{_PRINT}}}"
    ).replace("\n", "")


def _tokens(colours: dict[str, str], scheme: str) -> str:
    return "".join(f"--{name}:{value};" for name, value in colours.items()) + f"color-scheme:{scheme};"


_TYPE = """
:root{
--sans:Inter,"Inter Variable",-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,
system-ui,sans-serif;
--serif:"Source Serif 4","Source Serif Pro","Source Serif",Charter,"Iowan Old Style","Palatino Linotype",Georgia,
"Noto Serif","Liberation Serif",serif;
--mono:"JetBrains Mono",ui-monospace,"SF Mono",Menlo,Consolas,"Noto Sans Mono","Liberation Mono",monospace}
*{box-sizing:border-box}
html{scroll-padding-top:20px;-webkit-text-size-adjust:100%}
body{margin:0;font:13px/20px var(--sans);color:var(--ink);background:var(--surface);
font-variant-numeric:tabular-nums;-webkit-font-smoothing:antialiased}
h1,h2,h3,h4,p,ul,ol,dl,dd,figure{margin:0;padding:0}
ul,ol{list-style:none}
h1{font:600 34px/40px var(--serif);letter-spacing:-.016em;overflow-wrap:anywhere}
h2{font:600 23px/30px var(--serif);letter-spacing:-.01em;margin:0 0 12px}
h3,caption{font:600 13px/20px var(--sans);text-align:left;color:var(--ink)}
h3,caption{padding:0;margin:26px 0 8px}
h4{font:600 12px/16px var(--sans);color:var(--ink-2);margin:14px 0 4px}
code,pre,kbd,.mono,.time,.hash{font-family:var(--mono);font-variant-ligatures:none}
code{font-size:.86em;letter-spacing:-.02em;overflow-wrap:anywhere}
kbd{font-size:11px;line-height:16px;color:var(--ink-3);border:1px solid var(--line-2);border-radius:4px;
padding:0 4px;margin-left:4px}
a{color:inherit}
.nb{white-space:nowrap}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
:focus-visible{outline:2px solid var(--ink);outline-offset:2px;border-radius:3px}
article:focus{outline:0}
"""

_FRAME = """
.sprites{position:absolute;width:0;height:0}
.skip{position:absolute;left:16px;top:-60px;background:var(--ink);color:var(--surface);padding:8px 12px;
border-radius:6px;z-index:9}
.skip:focus{top:8px}
.masthead{display:flex;align-items:center;gap:16px;min-height:46px;padding:0 24px;
border-bottom:1px solid var(--line);background:var(--surface);color:var(--ink-3);font-size:12px}
.brand{display:flex;align-items:center;gap:8px;font:640 14px/20px var(--sans);letter-spacing:-.012em;color:var(--ink)}
.mono{font-size:12px;letter-spacing:-.02em}
.print{margin-left:auto}
.theme{display:none;border:1px solid transparent;background:none;color:var(--ink-2);width:28px;height:28px;
border-radius:6px;padding:5px;cursor:pointer}
.js .theme{display:block}
.theme:hover,.shut:hover{background:var(--hover)}
.frame{max-width:940px;margin:0 auto;padding:36px 40px 80px}
main{min-width:0;overflow-wrap:anywhere}
main>section{padding:0 0 44px;max-width:860px}
main>section+section{border-top:1px solid var(--line);padding-top:26px}
nav{margin:0 0 28px;font-size:13px}
nav ol{display:flex;flex-wrap:wrap;gap:2px 4px;margin-left:-8px}
nav a{display:block;padding:3px 8px;border-radius:6px;color:var(--ink-2);text-decoration:none}
nav a:hover{background:var(--hover);color:var(--ink)}
nav a[aria-current]{color:var(--ink);font-weight:560;background:var(--selected)}
@media screen and (min-width:1280px){
.frame{display:grid;grid-template-columns:184px minmax(0,772px);gap:48px;max-width:none;margin:0;
padding:40px 40px 120px 24px}
nav{position:sticky;top:24px;align-self:start;margin:0;max-height:calc(100vh - 48px);overflow:auto;padding:2px}
nav ol{flex-direction:column;margin:0}
nav a{padding:4px 9px}
}
@media (min-width:1680px){.frame{grid-template-columns:220px minmax(0,860px);gap:72px;padding-left:40px}}
"""

_CLAIMS = """
p,.bullets li{font:17px/27px var(--serif);max-width:43em;text-wrap:pretty}
p+p{margin-top:10px}
p.dateline{font:13px/20px var(--sans);color:var(--ink-3);margin:8px 0 18px}
p.bluf{font-size:20px;line-height:32px;letter-spacing:-.004em;max-width:41em}
p.note,p.cap,.cap{font:12px/18px var(--sans);color:var(--ink-3);max-width:none}
p.note{font-size:13px;line-height:20px}
p.lead{font-size:18px;line-height:28px}
p.hypothesis{margin-top:30px;padding-top:18px;border-top:1px solid var(--line-2);font-size:16px;line-height:25px;
max-width:none}
p.hypothesis>span:first-child{font-weight:600;font-size:19px;line-height:27px;letter-spacing:-.006em;
text-decoration:none}
p.label{font:600 13px/20px var(--sans);margin:26px 0 8px}
:is(.scroll,ul,ol,dl,.chart)+p{margin-top:16px}
:is(.scroll,ol,dl,.chart)+ul{margin-top:18px}
.scroll{overflow-x:auto;margin-right:-6px;padding-right:6px}
p.lead+.bullets,p.label+.bullets{margin-top:0}
#bluf h2{font:600 13px/20px var(--sans);letter-spacing:0;color:var(--ink-2);margin:0 0 6px}
#bluf{padding-bottom:30px}
.fact,.inference,.opinion,.bare{text-decoration:underline solid var(--line-2) 1px;text-underline-offset:5px;
text-decoration-skip-ink:none}
.inference{text-decoration-style:dashed;text-decoration-color:var(--control)}
.opinion{text-decoration-style:dotted;text-decoration-color:var(--control)}
.bare{background:var(--deviation-tint);text-decoration-color:var(--deviation-fill)}
p.quote{border-left:2px solid var(--line-2);padding-left:14px;color:var(--ink-2)}
:target{background:var(--deviation-tint);box-shadow:0 0 0 4px var(--deviation-tint);border-radius:2px}
section:target,article:target{background:none;box-shadow:none}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;font:12px/18px var(--sans);color:var(--ink-3);margin-top:18px}
.bullets li{position:relative;padding-left:20px;margin:0 0 8px}
.bullets li:before{content:"";position:absolute;left:3px;top:12px;width:6px;height:1.5px;background:var(--ink-3)}
ol.bullets{counter-reset:item}
ol.bullets li:before{counter-increment:item;content:counter(item) ".";background:none;left:0;top:0;width:auto}
.chips{white-space:normal}
.ev{display:inline-flex;align-items:center;height:18px;padding:0 5px;border-radius:4px;background:var(--sunken);
border:1px solid var(--line);font:500 11px/14px var(--mono);letter-spacing:0;color:var(--ink-2);white-space:nowrap;
vertical-align:2px;text-decoration:none}
a.ev{position:relative}
a.ev:after{content:"";position:absolute;inset:-4px -2px}
a.ev:hover,a.ev[aria-expanded=true]{background:var(--ink);border-color:var(--ink);color:var(--surface)}
.ev.gap,.entry.gap .ev{border:1px dashed var(--control);background:none}
"""

_TABLES = """
table{border-collapse:collapse;width:100%;font-size:13px;line-height:19px}
th{font-weight:500;font-size:12px;line-height:16px;color:var(--ink-3);text-align:left;padding:0 16px 6px 0;
vertical-align:bottom}
td{padding:8px 16px 8px 0;border-top:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}
td:nth-last-child(2){overflow-wrap:anywhere}
tbody tr:last-child td{border-bottom:1px solid var(--line)}
td:last-child,th:last-child{padding-right:0}
td.rests{text-align:right;white-space:nowrap;width:1%}
td .ev{vertical-align:1px}
td.c0{font-weight:560}
.time{font-size:12px;letter-spacing:-.02em;font-weight:400;white-space:nowrap}
td.c0.time{font-weight:400}
td.time .nb:nth-of-type(n+2){color:var(--ink-3)}
.milestones .c2.time,.events .c1.time{color:var(--ink-3)}
.none,.hatched{color:var(--gap);background:repeating-linear-gradient(135deg,var(--gap-line) 0 1px,
transparent 1px 6px) var(--gap-tint)}
td.none{padding-left:8px}
.none div{display:inline;padding:1px 5px;margin-left:-5px;background:var(--gap-tint)}
.milestones .c0{white-space:nowrap}
p.hatched{padding:10px 12px;border-left:14px solid transparent;
background:linear-gradient(var(--surface),var(--surface)) padding-box,repeating-linear-gradient(135deg,
var(--gap-line) 0 1px,var(--gap-tint) 1px 6px) border-box;border-radius:4px;font:13px/20px var(--sans);
color:var(--ink)}
.events td{padding-top:7px;padding-bottom:7px}
.events .kind{white-space:nowrap;color:var(--ink-2)}
.events .c0{white-space:nowrap}
.events td.rests{white-space:normal;min-width:70px}
.g{vertical-align:-2px;margin-right:7px;flex:none;fill:currentColor;stroke:none;color:var(--ink-3)}
.g .stroke,.g circle{fill:none;stroke:currentColor;stroke-width:2.1;stroke-linecap:round;stroke-linejoin:round}
.g.change{color:var(--change-fill)}.g.alert{color:var(--alert-fill)}.g.deviation{color:var(--deviation-fill)}
.g.human{color:var(--human-fill)}.g.decision{color:var(--decision-fill)}
.hashes{max-width:760px}
.hashes td.hash{font-size:12px;letter-spacing:-.03em;color:var(--ink-2)}
.gaps .c0{position:relative;padding-left:22px}
.gaps .c0:before{content:"";position:absolute;left:0;top:11px;width:12px;height:12px;
border:1px dashed var(--control);background:repeating-linear-gradient(135deg,var(--gap-line) 0 1px,
transparent 1px 4px) var(--gap-tint)}
.figures{overflow:hidden;display:grid;grid-template-columns:repeat(auto-fit,minmax(176px,1fr));
border-top:1.5px solid var(--ink);border-bottom:1px solid var(--line-2)}
.figures>div{padding:12px 16px 13px 0;box-shadow:0 -1px 0 var(--line)}
.figures dt{font-size:12px;line-height:16px;color:var(--ink-3)}
.figures .v{font:600 26px/34px var(--sans);letter-spacing:-.02em;white-space:nowrap}
.figures .u{font:500 13px/20px var(--sans);letter-spacing:0;word-spacing:0;color:var(--ink-2);margin-left:-3px}
.figures .rg{font-size:12px;line-height:20px;color:var(--ink-2)}
.basis{margin-top:8px}.basis ul{margin:4px 0 0;color:var(--ink-2)}
.basis li{padding:2px 0}.basis b{font-weight:560;color:var(--ink)}
.arguments{margin:8px 0 0}
.arguments li{display:grid;grid-template-columns:84px minmax(0,1fr) 172px;gap:0 14px;padding:9px 0;
border-top:1px solid var(--line);align-items:baseline}
.arguments .side{font-weight:560;display:flex;align-items:center;color:var(--ink-2)}
.arguments .against{background:linear-gradient(var(--sunken),var(--sunken)) -12px 0/calc(100% + 24px) 100% no-repeat}
.arguments .silent{background:none;color:var(--ink-3)}
.arguments .says{font:16px/25px var(--serif)}
.arguments .silent .says{color:var(--ink-3)}
.arguments .by{font:12px/18px var(--mono);letter-spacing:-.02em;color:var(--ink-3);text-align:right}
.bars{margin-right:8px;vertical-align:-1px}.bars .on{fill:var(--ink-2)}.bars .off{fill:var(--line-2)}
.strip{display:flex;gap:22px;margin:0 0 18px;flex-wrap:wrap}
.strip li{position:relative;border:1px solid var(--line-2);border-radius:6px;padding:7px 12px 7px 10px;
min-width:132px;font-size:13px}
.strip li+li:before{content:"";position:absolute;left:-23px;top:50%;width:22px;height:1.5px;background:var(--ink-2)}
.strip li+li:after{content:"";position:absolute;left:-8px;top:calc(50% - 3px);border:4px solid transparent;
border-left-color:var(--ink-2);border-right:0}
.strip span{display:block;font:12px/17px var(--mono);letter-spacing:-.02em;color:var(--ink-3)}
.strip .nb{display:inline}
.steps li{padding:10px 0;border-top:1px solid var(--line)}
.steps .hop{font:13px/20px var(--sans);margin:0}
.steps .how{color:var(--deviation);margin-left:12px;font-weight:500}
.steps p+p{margin-top:2px}
.actions{counter-reset:a}
.actions li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:4px 20px;padding:14px 0;
border-top:1px solid var(--line)}
.actions h4{font:600 17px/25px var(--serif);color:var(--ink);margin:0}
.tags{display:flex;gap:6px;flex-wrap:wrap;justify-content:flex-end;max-width:none;align-items:start}
.tag{display:inline-flex;align-items:center;height:22px;padding:0 8px;border-radius:11px;
font:550 11px/14px var(--sans);background:var(--sunken);color:var(--ink-2);white-space:nowrap}
.tag .bars{margin-right:5px}
.actions dl{grid-column:1/-1;display:grid;grid-template-columns:128px minmax(0,1fr);gap:4px 14px;max-width:760px}
.actions dt{color:var(--ink-3);font-size:12px}
.actions dd{font-size:13px;line-height:20px;color:var(--ink-2)}
"""

_CHARTS = """
.chart{margin:24px 0 8px}
.chart figcaption{font-size:13px;line-height:20px;margin-bottom:4px}
.chart figcaption b{font-weight:600}
.chart svg{display:block;width:100%;height:auto;overflow:visible}
.both .narrow{display:none}
.chart .cap{margin-top:4px}
svg text{font:11px var(--sans);fill:var(--ink-2)}
svg .label{paint-order:stroke;stroke:var(--surface);stroke-width:3px;stroke-linejoin:round}
svg .tick{font-family:var(--mono);letter-spacing:-.02em;fill:var(--ink-3)}
svg .grid{stroke:var(--line);fill:none}
svg .band{fill:var(--band)}
svg .line{fill:none;stroke:var(--signal);stroke-width:1.3;stroke-linejoin:round}
svg .dot{fill:var(--signal)}
svg .fill{fill:var(--deviation-fill);opacity:.26}
svg .out{fill:none;stroke:var(--deviation-fill);stroke-width:1.7;stroke-linejoin:round}
svg .limit{stroke:var(--ink-2);stroke-dasharray:4 3;fill:none}
svg .note{fill:var(--gap);paint-order:stroke;stroke:var(--surface);stroke-width:3px;stroke-linejoin:round}
svg .stem{fill:none;stroke-dasharray:2 3}
svg .glyph.milestone{fill:none}
svg .stem.change,svg .glyph.milestone{stroke:var(--ink-2)}
svg .stem.change{stroke:var(--change-fill)}svg .glyph.change,svg .doubt.change{fill:var(--change-fill)}
svg .stem.alert{stroke:var(--alert-fill)}svg .glyph.alert,svg .doubt.alert{fill:var(--alert-fill)}
svg .stem.deviation,svg .glyph.deviation{stroke:var(--deviation-fill)}svg .doubt.deviation{fill:var(--deviation-fill)}
svg .stem.milestone{stroke:var(--ink-3)}svg .doubt.milestone{fill:var(--ink-3)}
svg .glyph.deviation{fill:none;stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}
svg .glyph.milestone{stroke-width:1.6}
svg .doubt{opacity:.22}
.hatch-ground{fill:var(--gap-tint)}.hatch-line{stroke:var(--gap-line);stroke-width:1.5}
details{font-size:12px;line-height:18px;margin-top:2px}
summary{cursor:pointer;color:var(--ink-3);width:max-content;border-radius:3px}
summary:hover{color:var(--ink)}
details table{font:12px/17px var(--mono);letter-spacing:-.02em;width:auto;min-width:300px;margin:6px 0 4px}
details td{padding:2px 24px 2px 0}
details th{padding-bottom:2px}
"""

_EVIDENCE = """
.entries{display:grid;gap:0}
.entry{padding:20px 0 22px;border-top:1px solid var(--line)}
.entry h3{margin:0 0 6px;font-size:14px}
.entry h3 .ev{margin-right:6px}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(340px,1fr));gap:0 28px}
.entry .chart{margin:12px 0 4px}
pre{margin:0;font-size:12px;line-height:18px;letter-spacing:-.02em;background:var(--sunken);
border:1px solid var(--line);border-radius:6px;padding:8px 12px;white-space:pre-wrap;overflow-wrap:anywhere;
color:var(--ink-2)}
.facts{display:grid;grid-template-columns:96px minmax(0,1fr);gap:3px 12px;font-size:12px;line-height:18px;
margin-top:10px}
.facts dt{color:var(--ink-3)}
.facts dd{overflow-wrap:anywhere}
.facts code{font-size:12px}
.places{font-size:12px;line-height:18px}
.places li{padding:2px 0}
.places a{text-decoration:none;color:var(--ink-2)}
.places a:hover{text-decoration:underline}
.where{color:var(--ink-3);margin-right:4px}
.where:after{content:" ›"}
#panel{position:fixed;inset:0 0 0 auto;margin:0;width:404px;max-width:100%;height:100%;max-height:none;
overflow:auto;padding:0 20px 28px;border:0;border-left:1px solid var(--line-2);background:var(--raised);
color:var(--ink);box-shadow:var(--shadow);z-index:5}
#panel .head{position:sticky;top:0;z-index:1;display:flex;justify-content:space-between;align-items:center;
max-width:none;margin:0 -20px 14px;padding:8px 12px 8px 20px;font:600 12px/18px var(--sans);color:var(--ink-3);
background:var(--raised);border-bottom:1px solid var(--line)}
.shut{border:1px solid var(--line-2);background:var(--raised);color:var(--ink);font:500 12px/16px var(--sans);
height:28px;padding:0 8px 0 10px;border-radius:6px;cursor:pointer}
#panel .entry{padding:2px 0 0;border:0}
#panel .charts{grid-template-columns:minmax(0,1fr)}
#panel h3{font-size:15px;line-height:24px}
@media (prefers-reduced-motion:no-preference){a,button{transition:background .12s ease-out,color .12s ease-out}
html{scroll-behavior:smooth}}
"""

_SMALL = """
@media screen and (max-width:720px){
.masthead{padding:0 16px}.print{display:none}.masthead .theme{margin-left:auto}
.frame{padding:22px 16px 60px}
h1{font-size:28px;line-height:34px}
p.bluf{font-size:18px;line-height:29px}
nav ol{flex-wrap:nowrap;overflow-x:auto;margin:0 -16px;padding:2px 12px 6px}
nav a{white-space:nowrap;padding:11px 10px}
.both .wide{display:none}.both .narrow{display:block}
svg text{font-size:12px}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.scroll :is(table,tbody,tr,caption){display:block;width:auto}.scroll td{display:grid;
grid-template-columns:116px minmax(0,1fr);width:auto}.scroll td:is(.c0,.rests){display:block}
tr{padding:10px 0;border-top:1px solid var(--line)}
td,tbody tr:last-child td{border:0;padding:1px 0}
td.rests{text-align:left;padding-top:4px;white-space:normal}
td.empty{display:none!important}
.scroll td:not(.c0,.rests):before{content:attr(data-name);padding-right:10px;color:var(--ink-3);
font:12px/18px var(--sans);letter-spacing:0}
td.time{font-size:12.5px}
details tr{display:table-row;padding:0;border:0}
details thead{position:static;clip-path:none}
details td:before{content:none!important}
.events tr{display:grid!important;grid-template-columns:auto auto 1fr;gap:0 14px}
.events td,.events td:is(.c0,.rests){display:block!important}
.events td:before{content:none!important}.events td:nth-last-child(-n+2){grid-column:1/-1;font-size:15px;
line-height:22px}
.events td:nth-last-child(4){grid-column:1}.events td:nth-last-child(3){grid-column:2/-1;font-weight:560}
.figures{grid-template-columns:1fr 1fr}
.figures>div:nth-child(odd){padding-left:0;box-shadow:none}
.figures>div:nth-child(n+3){border-top:1px solid var(--line)}
.figures dt{font-size:12px}
.figures .v{font-size:22px;line-height:30px}
.arguments li{grid-template-columns:minmax(0,1fr) auto}.arguments .says{grid-column:1/-1;grid-row:2}
.arguments .against{background:none}
.actions li{grid-template-columns:minmax(0,1fr)}.tags{justify-content:flex-start}
.actions dl{grid-template-columns:minmax(0,1fr)}.actions dt{margin-top:4px}
.strip{flex-direction:column;gap:16px}.strip li+li:before{left:18px;top:-17px;width:1.5px;height:16px}
.strip li+li:after{left:15px;top:-7px;border:4px solid transparent;border-top-color:var(--ink-2);border-bottom:0}
.ev{height:22px;font-size:12px;padding:0 7px}
.charts{grid-template-columns:minmax(0,1fr)}
#panel{inset:auto 0 0 0;width:100%;height:82%;border-left:0;border-top:1px solid var(--line-2);
border-radius:14px 14px 0 0}
.shut{height:44px;padding:0 14px}
kbd{display:none}
}
"""

_PRINT = """
@page{size:A4;margin:17mm 16mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:9px sans-serif;
color:#636872}}
body{font-size:11px;line-height:16px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
nav,.skip,.theme,#panel,details:not(.basis){display:none!important}.basis summary{list-style:none}
.basis::details-content{content-visibility:visible;block-size:auto}
.scroll{overflow:visible}
.frame{display:block;padding:10px 0 0;max-width:none}
.masthead{padding:0 0 6px;min-height:0}
.print{display:inline}
main>section{max-width:none;padding-bottom:20px}main>section+section{padding-top:16px}
h1{font-size:25px;line-height:30px}h2{font-size:17px;line-height:22px;margin-bottom:6px}
h2,h3,h4,caption,figcaption,p.hypothesis{break-after:avoid}
p,.bullets li{font-size:12px;line-height:18px;max-width:none}p.bluf{font-size:14px;line-height:22px;max-width:none}
p.lead{font-size:13px;line-height:19px}
.arguments .says,.actions h4{font-size:12px;line-height:18px}
table{font-size:11px;line-height:15px}td{padding-top:4px;padding-bottom:4px}.time,.hashes td.hash{font-size:10px}
tr,li,figure,.figures,.entry h3,pre{break-inside:avoid}
.figures .v{font-size:19px;line-height:26px}
.chart{margin:12px 0 4px}.chart svg.wide{max-height:52mm}
.ev{height:14px;font-size:9px;padding:0 3px}
.evidence{break-before:page}
.charts{grid-template-columns:1fr 1fr}
pre,.facts,.places{font-size:10px;line-height:14px}
"""
