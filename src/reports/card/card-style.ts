// The style of the report: quiet, in light and in dark, on a telephone and on A4.
import { dark, TONES } from '../look.js';
import { DARK_RULES } from '../svg-document.js';

/** Colours that only the page has: [light, dark]. */
const OWN = {
  wash: ['#f6f8fa', '#151b23'],
  pass: ['#1a7f37', '#3fb950'],
  warn: ['#9a6700', '#d29922'],
  fail: ['#cf222e', '#f85149'],
} as const;

const colours = (of: 0 | 1): string =>
  [
    ...(['ground', 'ink', 'muted', 'rule', 'faint'] as const).map(
      (tone) => [tone, of === 0 ? TONES[tone] : dark(TONES[tone])] as const,
    ),
    ...Object.entries(OWN).map(([name, pair]) => [name, pair[of]] as const),
  ]
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

/** `$ink` is the colour of that name. */
const PAGE = `
*{box-sizing:border-box}
html{background:$ground;color:$ink;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:1120px;padding:64px 40px 48px;font:15px/1.55 system-ui,-apple-system,'Segoe UI','Helvetica Neue',Arial,'Noto Sans',sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
p,h1,h2,h3,dl,dd,ul,ol,figure,pre{margin:0;padding:0}
ul{list-style:none}
code,pre,.mono{font:.87em/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace}
small,.muted{font-size:13px;color:$muted}
.eyebrow{font-size:13px;color:$muted}
h1{font-size:38px;line-height:1.15;font-weight:650;letter-spacing:-.02em;margin:6px 0 10px}
h1 span{color:$muted;font-weight:400}
h2{font-size:17px;font-weight:650;letter-spacing:-.005em;line-height:1.4}
h3{font-size:13px;font-weight:600;margin:28px 0 8px}
h3:first-child{margin-top:0}
.about{max-width:68ch;margin-top:18px;font-size:17px;white-space:pre-line}
.chips{display:flex;flex-wrap:wrap;gap:8px;margin-top:16px}
.chips li{border:1px solid $rule;border-radius:99px;padding:2px 12px;font-size:13px;unicode-bidi:isolate}
.chips .pass,.chips .warn,.chips .fail{border-color:currentColor;font-weight:600}
.pass{color:$pass}.warn{color:$warn}.fail{color:$fail}
.glance{display:flex;flex-wrap:wrap;gap:20px 56px;margin-top:36px;padding-bottom:40px}
dt{font-size:13px;color:$muted}
section{display:grid;grid-template-columns:180px minmax(0,1fr);gap:8px 40px;border-top:1px solid $rule;padding:36px 0 40px}
section.wide{display:block}
section.wide>div:first-child{margin-bottom:20px}
section>div:first-child p{font-size:13px;color:$muted;margin-top:4px;line-height:1.45}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(112px,1fr));gap:22px 20px}
.tiles div{display:flex;flex-direction:column-reverse;justify-content:flex-end}
.tiles dd{font-size:27px;line-height:1.2;font-weight:600;letter-spacing:-.01em}
.tiles dt small{display:block;font-size:12px}
.facts{display:grid;grid-template-columns:minmax(90px,max-content) minmax(0,1fr);gap:5px 24px}
.facts dt{line-height:1.8}
.names{columns:2;column-gap:40px}
.names div{display:flex;justify-content:space-between;gap:20px;padding:4px 0;border-bottom:1px solid $faint;break-inside:avoid}
.names dt{font-size:14px}.names dd{text-align:right}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px}
th{text-align:left;font-weight:400;font-size:13px;color:$muted;padding:0 20px 6px 0;border-bottom:1px solid $rule;white-space:nowrap}
td{padding:7px 20px 7px 0;border-bottom:1px solid $faint;vertical-align:top}
td.any{min-width:8em}
th:last-child,td:last-child{padding-right:0}
.right{text-align:right}
.pictures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:20px}
.pictures figure{border:1px solid $rule;border-radius:8px;overflow-x:auto}
.pictures svg,.pictures img{display:block;width:100%;height:auto}
.pictures figcaption{padding:8px 14px;font-size:13px;color:$muted;border-top:1px solid $faint}
pre{background:$wash;border-radius:8px;padding:14px 18px;overflow-x:auto;white-space:pre-wrap}
.whole{white-space:nowrap}
.contract th:first-child{width:44%}.contract th:nth-child(2){width:26%}
footer{border-top:1px solid $rule;padding-top:18px;font-size:13px;color:$muted}
@media (max-width:860px){
body{padding:36px 20px 32px}
h1{font-size:30px}
section{display:block;padding:28px 0 32px}
section>div:first-child{margin-bottom:16px}
.names{columns:1}
.glance{gap:16px 36px;padding-bottom:32px}
.tiles{grid-template-columns:repeat(auto-fill,minmax(96px,1fr));gap:18px}
.tiles dd{font-size:22px}
}
@media screen and (max-width:560px){.pictures svg,.pictures img{width:540px;max-width:none}.facts{display:block}.facts dd{margin-bottom:8px}td,th{padding-right:14px}}
@media print{
@page{size:A4;margin:16mm 15mm}
body{max-width:none;padding:0;font-size:10pt}
h1{font-size:24pt}
section{display:block;padding:16pt 0}
section>div:first-child{margin-bottom:8pt;break-after:avoid}
h2,h3,thead{break-after:avoid}
tr,figure,.tiles div,.facts dd,footer{break-inside:avoid}
.pictures{display:block}
.pictures figure{max-width:125mm;margin-bottom:12pt}
pre{border:1px solid $rule}
.names{columns:2}
table,.about{font-size:9.5pt}
}`;

export const CARD_STYLE = `:root{color-scheme:light dark;${colours(0)}}@media screen and (prefers-color-scheme:dark){:root{${colours(1)}}}${PAGE.replace(/\$(\w+)/g, 'var(--$1)')}\n${DARK_RULES}`;
