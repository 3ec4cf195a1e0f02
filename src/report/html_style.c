/* The style of a report in HTML. Every colour of words stands 7:1 against what is behind it, also
 * on the tint of rows that are carried forward (a test reads these lines and reckons). */
#include "report/html.h"

/* The pairs of ink and paper that the style uses. */
const HtmlColours html_colours[] = {
    {"text", "#0b0c0c", "#ffffff"},           {"small", "#383f43", "#ffffff"},
    {"good", "#005a30", "#ffffff"},           {"bad", "#942514", "#ffffff"},
    {"small, carried", "#383f43", "#eef5fc"}, {"good, carried", "#005a30", "#eef5fc"},
    {"bad, carried", "#942514", "#eef5fc"},   {"heading", "#12436d", "#ffffff"},
    {"table head", "#ffffff", "#12436d"},     {"badge good", "#ffffff", "#005a30"},
    {"badge near", "#0b0c0c", "#ffdd00"},     {"badge bad", "#ffffff", "#942514"},
    {"badge plain", "#0b0c0c", "#dee3e8"},    {"tag", "#12436d", "#ffffff"},
};
const size_t html_colours_len = sizeof html_colours / sizeof html_colours[0];

const char *const html_style[] = {
    "*{box-sizing:border-box}\n",
    "body{margin:0;background:#ffffff;color:#0b0c0c;"
    "font:1rem/1.45 -apple-system,\"Segoe UI\",Roboto,Arial,\"DejaVu Sans\",sans-serif}\n",
    ".skip{position:absolute;left:-999em}\n",
    ".skip:focus{left:1rem;top:.5rem;background:#ffdd00;color:#0b0c0c;padding:.5rem}\n",
    "a{color:#12436d}\n",
    "header,main,footer{max-width:72rem;margin:0 auto;padding:0 1.25rem}\n",
    "header{border-top:.6rem solid #12436d;padding-top:1.25rem}\n",
    "h1{font-size:1.9rem;line-height:1.2;margin:0 0 .25rem;color:#12436d}\n",
    "h2{font-size:1.35rem;line-height:1.25;margin:2.2rem 0 .6rem;color:#12436d;"
    "border-bottom:2px solid #12436d;padding-bottom:.25rem}\n",
    "h3{font-size:1.08rem;margin:1.1rem 0 .3rem}\n",
    "h3.section{font-size:1.15rem;color:#12436d;margin:1.8rem 0 .5rem}\n",
    "p{margin:.5rem 0;max-width:48rem}\n",
    "ul,ol{margin:.4rem 0;padding-left:1.4rem;max-width:48rem}\n",
    "li{margin:.25rem 0}\n",
    ".period{font-size:1.1rem;margin:0 0 1rem}\n",
    "dl.fields{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.2rem;margin:1rem "
    "0}\n",
    "dl.fields dt{font-weight:700}\n",
    "dl.fields dd{margin:0}\n",
    ".summary{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;padding:0;margin:1rem 0;"
    "max-width:none}\n",
    ".summary li{border:1px solid #8a949e;border-radius:.3rem;padding:.3rem .7rem;margin:0}\n",
    ".summary b{font-size:1.25rem;margin-right:.25rem}\n",
    ".status{display:flex;flex-wrap:wrap;gap:.4rem 1.6rem;margin:.6rem 0;padding:0}\n",
    ".status dt{font-weight:700;margin-right:.5rem}\n",
    ".status div{display:flex;align-items:center}\n",
    ".status dd{margin:0}\n",
    "table{width:100%;border-collapse:collapse;margin:.4rem 0 1.2rem}\n",
    "caption{text-align:left;font-size:.9rem;color:#383f43;padding:.2rem 0 .5rem}\n",
    "caption.said{position:absolute;width:1px;height:1px;overflow:hidden;padding:0;"
    "clip-path:inset(50%)}\n",
    "th,td{text-align:left;vertical-align:top;padding:.6rem .7rem;border-bottom:1px solid "
    "#8a949e}\n",
    "thead th{background:#12436d;color:#ffffff;border-bottom:0}\n",
    "tbody th{font-weight:600}\n",
    ".measures{table-layout:fixed}\n",
    ".measures .c1{width:27%}.measures .c2{width:21%}.measures .c3{width:27%}\n",
    "tr.carried th,tr.carried td{background:#eef5fc}\n",
    ".tag{display:inline-block;border:1px solid #12436d;color:#12436d;background:#ffffff;"
    "border-radius:.2rem;padding:0 .4rem;font-size:.8rem;font-weight:600;margin-top:.3rem}\n",
    "td p{margin:0 0 .2rem}\n",
    ".value{font-size:1.12rem;font-weight:700;font-variant-numeric:tabular-nums}\n",
    ".long{font-size:1rem}\n",
    ".small{font-size:.86rem;color:#383f43}\n",
    ".good{color:#005a30;font-weight:600}.bad{color:#942514;font-weight:600}\n",
    ".pairs{display:grid;grid-template-columns:minmax(0,max-content) minmax(min-content,1fr);"
    "gap:.12rem .7rem;margin:.1rem 0 .35rem;font-size:.93rem}\n",
    ".pairs.fractions{grid-template-columns:minmax(0,max-content) minmax(58%,1fr)}\n",
    ".pairs dt{overflow-wrap:anywhere}\n",
    ".pairs dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums}\n",
    ".pairs .small,.pairs .good,.pairs .bad{font-weight:400;white-space:nowrap}\n",
    ".badge{display:inline-block;border-radius:.25rem;padding:.08rem .5rem;font-size:.9rem;"
    "font-weight:700;margin:.15rem 0}\n",
    ".badge.good{background:#005a30;color:#ffffff}\n",
    ".badge.near{background:#ffdd00;color:#0b0c0c}\n",
    ".badge.bad{background:#942514;color:#ffffff}\n",
    ".badge.plain{background:#dee3e8;color:#0b0c0c}\n",
    "tr.has-charts th,tr.has-charts td{border-bottom:0}\n",
    "td.charts{padding-top:0}\n",
    "figure{margin:.2rem 0 .6rem;max-width:34rem}\n",
    "figcaption{font-size:.9rem;font-weight:600;margin-bottom:.2rem}\n",
    "svg.chart{display:block;width:100%;height:auto}\n",
    "svg text{font:10.5px -apple-system,\"Segoe UI\",Roboto,Arial,\"DejaVu Sans\",sans-serif;"
    "fill:#0b0c0c}\n",
    "svg .value{font-size:11px;font-weight:700}\n",
    "svg .bar{fill:#12436d}svg .dot{fill:#12436d}\n",
    "svg .line{fill:none;stroke:#12436d;stroke-width:2.2}\n",
    "svg .axis{stroke:#383f43;stroke-width:1}\n",
    "svg .target{stroke:#801650;stroke-width:1.8;stroke-dasharray:6 4}\n",
    "svg .break{stroke:#383f43;stroke-width:1.2;stroke-dasharray:2 3}\n",
    "svg .mark{stroke:#f46a25;stroke-width:3}\n",
    ".id{font-family:ui-monospace,Consolas,\"DejaVu Sans Mono\",monospace;font-size:.85rem;"
    "overflow-wrap:anywhere}\n",
    "footer{margin-top:2rem;padding-bottom:2rem;font-size:.86rem;color:#383f43;"
    "overflow-wrap:anywhere}\n",
    "@media (max-width:44em){\n",
    "h1{font-size:1.5rem}h2{font-size:1.2rem}\n",
    "dl.fields{grid-template-columns:1fr;gap:.1rem}dl.fields dd{margin-bottom:.5rem}\n",
    "table.stack,table.stack caption,table.stack tbody,table.stack tr,table.stack th,"
    "table.stack td{display:block;width:auto}\n",
    "table.stack thead{position:absolute;left:-999em}\n",
    "table.stack tr{border:1px solid #8a949e;border-radius:.3rem;margin:0 0 .8rem;"
    "overflow:hidden}\n",
    "table.stack th,table.stack td{border:0;padding:.35rem .8rem}\n",
    "table.stack tbody th{font-size:1.02rem;padding-top:.7rem}\n",
    "table.stack td:last-child{padding-bottom:.8rem}\n",
    "table.stack td[data-label]::before{content:attr(data-label);display:block;"
    "font-size:.78rem;font-weight:700;letter-spacing:.03em;text-transform:uppercase;"
    "color:#383f43}\n",
    "table.stack tr.of-charts{margin-top:-.8rem;border-top:0}\n",
    "table.stack td:empty{display:none}\n",
    "}\n",
    "@media print{\n",
    "@page{size:A4;margin:14mm 12mm}\n",
    "html{font-size:9pt}header,main,footer{max-width:none;padding:0}\n",
    ".skip{display:none}h2,h3{break-after:avoid}\n",
    "thead{display:table-header-group}\n",
    "tr,figure,li{break-inside:avoid}caption{break-after:avoid}\n",
    "th,td{padding:1.6mm 2mm}.measures .c1{width:26%}\n",
    "figure{max-width:110mm}\n",
    "tr.has-charts{break-after:avoid}tbody tr:first-child{break-before:avoid}\n",
    "*{-webkit-print-color-adjust:exact;print-color-adjust:exact}\n",
    "a[href]::after{content:\" (\" attr(href) \")\"}\n",
    "}\n",
};
const size_t html_style_len = sizeof html_style / sizeof html_style[0];
