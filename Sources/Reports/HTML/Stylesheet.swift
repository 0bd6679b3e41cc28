/// How the HTML report looks: light and dark after the reader's setting, one column on narrow
/// screens, black on white on paper.
enum Stylesheet {
  static let text = """
    :root{color-scheme:light dark;--ink:#1a1c1e;--soft:#55595e;--paper:#fff;--rule:#d8dbdf;\
    --tint:#f3f5f7;--link:#0b57d0;--T:#a34a00;--G:#1a4fc4;--O:#04694d;--R:#7a2aa8;--alarm:#b3261e}
    @media (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#a5abb3;--paper:#15181b;\
    --rule:#3a4047;--tint:#1f2429;--link:#9cc1ff;--T:#ffb366;--G:#9cc1ff;--O:#6fdcb4;--R:#dcb0ff;\
    --alarm:#ff9a91}}
    *{box-sizing:border-box}
    body{margin:0 auto;padding:24px;max-width:1180px;background:var(--paper);color:var(--ink);\
    font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
    h1{font-size:1.7rem;line-height:1.2;margin:0 0 12px}
    h2{font-size:1.3rem;margin:40px 0 8px;border-bottom:2px solid var(--rule);padding-bottom:4px}
    h3{font-size:1.05rem;margin:24px 0 6px}
    a{color:var(--link)}
    p,li,td{overflow-wrap:break-word}
    li a{overflow-wrap:anywhere}
    .whole{white-space:nowrap}
    .answer{font-size:1.2rem;line-height:1.45;padding:16px 20px;border-left:6px solid var(--link);\
    background:var(--tint);margin:0 0 16px}
    .answer p{margin:0 0 8px;font-size:1rem}.answer p.headline{font-size:1.25rem;font-weight:600}
    .routes{display:grid;grid-template-columns:repeat(auto-fit,minmax(240px,1fr));gap:12px;margin:12px 0 6px}
    .route{border:1px solid var(--rule);border-radius:8px;padding:10px 14px}
    .route.best{border:2px solid var(--link)}
    .route h3{margin:0 0 4px}.route p{margin:0 0 4px}.what{font-weight:600}
    .gauge{height:10px;background:var(--tint);margin:6px 0}.gauge div{height:10px}
    .gauge .route-T{background:var(--T)}.gauge .route-G{background:var(--G)}
    .gauge .route-O{background:var(--O)}.gauge .route-R{background:var(--R)}
    .facts th{font-weight:400;padding:2px 0}.facts td{text-align:right;padding:2px 0}
    .facts th,.facts td{border:0}
    a:focus-visible{outline:2px solid var(--link);outline-offset:2px}
    .stage-waiting{fill-opacity:.3}.stage-preparing{fill-opacity:.6}.stage-late{fill-opacity:.12}
    .asked{color:var(--soft);margin:0 0 16px}
    figure{margin:16px 0}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:20px 0 6px}
    .tiles div{border:1px solid var(--rule);border-radius:8px;padding:10px 14px}
    dt{color:var(--soft);font-size:.85rem}
    dd{margin:2px 0 0;font-size:1.45rem;font-weight:600;font-variant-numeric:tabular-nums}
    dd.range{font-size:.85rem;font-weight:400;color:var(--soft)}
    figcaption,.key{color:var(--soft);font-size:.9rem}
    svg{display:block;width:100%;max-width:900px;height:auto}
    svg.narrow{display:none}
    svg text{fill:var(--ink);font-size:13px}
    svg .tick{fill:var(--soft);font-size:12px}
    svg .halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
    svg .letter{font-size:10px;font-weight:700}
    .grid{stroke:var(--rule)}
    .deadline{stroke:var(--alarm);stroke-width:2;stroke-dasharray:6 4}
    .frontier,.sum{fill:none;stroke:var(--ink);stroke-width:1.5}
    .equal{stroke:var(--soft);stroke-dasharray:4 4}
    .range{stroke:var(--G);stroke-opacity:.45}
    .run,.swing{fill:var(--G)}
    .bar{stroke-opacity:.55;stroke-width:1.2}
    .mark{fill:var(--paper);stroke-width:1.5}
    .mark.best{stroke-width:3}
    .few{fill-opacity:.5}
    line.route-T,.mark.route-T{stroke:var(--T)}.fill.route-T,.few.route-T,svg text.route-T{fill:var(--T)}
    line.route-G,.mark.route-G{stroke:var(--G)}.fill.route-G,.few.route-G,svg text.route-G{fill:var(--G)}
    line.route-O,.mark.route-O{stroke:var(--O)}.fill.route-O,.few.route-O,svg text.route-O{fill:var(--O)}
    line.route-R,.mark.route-R{stroke:var(--R)}.fill.route-R,.few.route-R,svg text.route-R{fill:var(--R)}
    table{border-collapse:collapse;width:100%;font-size:.85rem;font-variant-numeric:tabular-nums}
    th,td{text-align:left;padding:5px 8px;border-bottom:1px solid var(--rule);vertical-align:top}
    th{color:var(--soft);font-weight:600}
    .number{text-align:right;white-space:nowrap}
    sup{line-height:0}
    sup a{text-decoration:none;padding:0 1px}
    .notes{font-size:.85rem}
    .notes li{margin:0 0 4px}
    .notes li:target{background:var(--tint)}
    @media screen and (max-width:640px){
    body{padding:14px}
    .tiles{grid-template-columns:1fr 1fr}
    svg.wide{display:none}svg.narrow{display:block}
    .cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    .cards,.cards tbody,.cards tr,.cards td{display:block;width:auto}
    .cards tr{border:1px solid var(--rule);border-radius:6px;margin:0 0 10px;padding:6px 10px}
    .cards td,.cards td.number{display:flex;justify-content:space-between;gap:12px;border:0;\
    padding:2px 0;text-align:right;white-space:normal}
    .cards td::before{content:attr(data-label);color:var(--soft);text-align:left;flex:none}
    .cards td:empty{display:none}
    .cards td.long{display:block;text-align:left}.cards td.long::before{display:block}
    .number{white-space:normal}}
    @media print{:root{color-scheme:light;--ink:#000;--soft:#333;--paper:#fff;--rule:#bbb;--tint:#fff;\
    --link:#000;--T:#a34a00;--G:#1a4fc4;--O:#04694d;--R:#7a2aa8;--alarm:#b3261e}
    @page{size:A4;margin:14mm}
    body{padding:0;max-width:none;font-size:10.5pt}
    table{font-size:7pt}th,td{padding:2px 3px}
    .tiles{grid-template-columns:repeat(auto-fit,minmax(28mm,1fr));gap:6px}.tiles div{padding:6px 8px}
    dd{font-size:12pt}dt,dd.range,.notes{font-size:7.5pt}figcaption,.key{font-size:8pt}
    h2,h3,h2+p{break-after:avoid}
    .routes{grid-template-columns:repeat(4,1fr);gap:6px}.route{padding:6px;break-inside:avoid}
    .route p{font-size:8pt}
    figure,tr,.answer{break-inside:avoid}
    tbody tr:first-child{break-after:avoid}
    tbody tr:last-child{break-before:avoid}
    thead{display:table-header-group}}

    """
}
