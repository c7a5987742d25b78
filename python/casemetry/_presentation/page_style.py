# SPDX-License-Identifier: Apache-2.0
"""How a page looks: quiet, for reading and for printing."""

PAGE_STYLE = """
:root{--ink:#1d2733;--soft:#5b6878;--line:#dde3ea;--paper:#fff;--ground:#f4f6f9;--accent:#1f4e79}
*{box-sizing:border-box}
html{background:var(--ground);scroll-behavior:smooth}
body.casemetry{margin:0 auto;max-width:76rem;padding:3rem 1.5rem 4rem;color:var(--ink);font-size:15px;line-height:1.7}
header{padding:0 .25rem 1rem}
header::before{content:"";display:block;width:3.2rem;height:4px;background:var(--accent);margin-bottom:1.2rem}
h1{font-size:2rem;line-height:1.3;margin:0 0 .6rem;letter-spacing:.01em;text-wrap:balance}
header p{max-width:46rem;color:var(--soft);margin:.3rem 0}
nav ol{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;margin:1.2rem 0 0;padding:.8rem 0 0;
 border-top:1px solid var(--line)}
nav a{color:var(--accent);text-decoration:none}
nav a:hover{text-decoration:underline}
section{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:1.5rem 1.75rem 1.25rem;
 margin:1.25rem 0;scroll-margin-top:1rem}
h2{font-size:1.25rem;line-height:1.4;margin:0 0 .4rem}
section p{max-width:50rem;margin:.3rem 0 .8rem}
.figure{overflow:auto;max-height:80vh;margin:.9rem 0 .5rem}
.casemetry .figure table{font-size:14px;line-height:1.5;min-width:min(100%,28rem)}
.casemetry .figure thead th{position:sticky;top:0;z-index:1;background:var(--paper);border-bottom:0;
 box-shadow:inset 0 -1.5px 0 #9aa7b5;color:#33414f}
.casemetry .figure th,.casemetry .figure td{padding:.45em .7em}
.casemetry .figure th:first-child,.casemetry .figure td:first-child{padding-left:.25rem}
.casemetry .figure tbody tr:last-child>*{border-bottom-color:#9aa7b5}
.casemetry .figure tbody tr:hover{background:#f5f8fb}
.casemetry small{color:var(--soft);opacity:1}
.casemetry .flag{background:#eceff3;color:#4c5866}
.casemetry .flag.grave{background:#fbe9e0;color:#9a3d0c}
.casemetry p.below{color:var(--soft);opacity:1;margin:.6rem 0 0}
.casemetry p.below+p.below{margin:0}
details{margin:.4rem 0 0;font-size:.9em}
summary{cursor:pointer;color:var(--accent);width:max-content}
pre{background:var(--ground);border-radius:8px;padding:1rem 1.2rem;overflow:auto;font-size:12.5px;line-height:1.6;
 font-family:ui-monospace,"Cascadia Mono",Consolas,"Sarasa Mono SC","WenQuanYi Zen Hei Mono",monospace}
footer{color:var(--soft);font-size:.85em;padding:.5rem .25rem}
@media print{
 html{background:none}
 body.casemetry{max-width:none;padding:0;font-size:10.5pt}
 section{border:0;padding:0;margin:0 0 1.6rem}
 .figure{overflow:visible;max-height:none}
 .casemetry .figure thead th{position:static}
 thead{display:table-header-group}
 tr,h2{break-inside:avoid}
 h2{break-after:avoid}
 nav,details{display:none}
}
""".strip()
