namespace Pellucid.Host.Reports;

/// <summary>The style sheet of all pages.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root{--ink:#1b1f24;--soft:#57606a;--line:#d8dee4;--paper:#fff;--wash:#f6f8fa;--accent:#b5380f}
        @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa4af;--line:#30363d;--paper:#0d1117;--wash:#161b22;--accent:#ff9d70}}
        *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        main{max-width:1280px;margin:0 auto;padding:24px}h1{font-size:24px;margin:0 0 4px}h2{font-size:18px;margin:32px 0 8px}
        p.lead,.soft{color:var(--soft)}table{border-collapse:collapse;margin:8px 0}
        th,td{border-top:1px solid var(--line);padding:8px 10px;vertical-align:top;text-align:left}th{font-weight:600}
        td.num{text-align:right;font-variant-numeric:tabular-nums}img.map{display:block;width:256px;max-width:100%;height:auto;border-radius:4px;image-rendering:auto}
        .scroll{overflow-x:auto}.words span{display:inline-block;padding:1px 5px;margin:1px;border-radius:3px}
        .facts{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;font-size:13px}.facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
        .warn{border-left:3px solid var(--accent);background:var(--wash);padding:8px 12px;margin:4px 0}code{background:var(--wash);padding:1px 4px;border-radius:3px}
        .linked{position:relative;display:inline-block;margin:0 16px 16px 0;vertical-align:top}.linked .words span{cursor:pointer;background:var(--wash)}
        .linked .words img{position:absolute;left:0;top:0;visibility:hidden}.linked .words span:hover,.linked .words span:focus{background:var(--line)}
        .linked .words span:hover img,.linked .words span:focus img{visibility:visible}.linked .words:hover span:focus:not(:hover) img{visibility:hidden}
        .hit{color:#1a7f37}.miss{color:var(--accent)}figure{margin:0;width:256px}.small img.map,.small figure{width:160px}.small td,.small th{padding:6px;overflow-wrap:anywhere}.small td:first-child{min-width:140px}figure.chart{width:auto;max-width:100%;margin:8px 16px 16px 0;display:inline-block;vertical-align:top}figure.chart svg{max-width:100%;height:auto}figcaption{font-size:13px;color:var(--soft)}
        """;
}
