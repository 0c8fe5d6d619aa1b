using System.Globalization;
using System.Net;
using System.Text;
using Pellucid.Abstractions.Reports;

namespace Pellucid.Host.Reports;

/// <summary>Charts as SVG inside a page. Colors are told apart by color-blind readers too (Okabe and Ito 2008); after eight, lines are dashed.</summary>
internal static class SvgCharts
{
    private const double Width = 560, Height = 330, Left = 62, Right = 14, Top = 10, Bottom = 44, Line = 22;
    private static readonly string[] Palette = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f", "#8c6d31"];

    /// <summary>Lines with bands, and a legend under them.</summary>
    public static string Lines(ReportChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        foreach (ReportSeries s in chart.Series) Check(s);
        SvgAxis across = new(chart.Series.SelectMany(s => s.X), Left, Width - Right);
        SvgAxis up = new(chart.Series.SelectMany(s => s.Y.Concat(s.Low).Concat(s.High)), Height - Bottom, Top);
        double height = Height + (Line * chart.Series.Count);
        StringBuilder svg = Begin(chart.Title, height);
        Frame(svg, across, up, chart.Across, chart.Up);
        for (int i = 0; i < chart.Series.Count; i++)
        {
            ReportSeries s = chart.Series[i];
            if (s.Low.Count == 0) continue;
            IEnumerable<string> edge = s.X.Select((x, k) => Point(across.At(x), up.At(s.High[k]))).Concat(s.X.Select((x, k) => Point(across.At(x), up.At(s.Low[k]))).Reverse());
            svg.Append($"<polygon points=\"{string.Join(' ', edge)}\" fill=\"{Color(i)}\" opacity=\"0.16\"/>\n");
        }

        for (int i = 0; i < chart.Series.Count; i++)
        {
            ReportSeries s = chart.Series[i];
            svg.Append($"<polyline points=\"{string.Join(' ', s.X.Select((x, k) => Point(across.At(x), up.At(s.Y[k]))))}\" fill=\"none\" stroke=\"{Color(i)}\" stroke-width=\"2\"{Dash(i)}/>\n");
            double y = Height + (Line * i) + 4;
            svg.Append($"<line x1=\"{N(Left)}\" x2=\"{N(Left + 26)}\" y1=\"{N(y)}\" y2=\"{N(y)}\" stroke=\"{Color(i)}\" stroke-width=\"3\"{Dash(i)}/>").Append(Text(Left + 34, y + 4, Short(s.Name, 76)));
        }

        return End(svg, chart.Title);
    }

    /// <summary>A dot a row, with its interval as a line.</summary>
    public static string Intervals(string title, IReadOnlyList<ReportInterval> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (ReportInterval r in rows) if (!double.IsFinite(r.Value)) throw new ArgumentException($"the value of {r.Name} is not finite", nameof(rows));
        double names = Math.Min(300, 8 + (6.6 * rows.Max(r => r.Name.Length))), bottom = Top + (Line * rows.Count) + 4;
        SvgAxis across = new(rows.SelectMany(r => new[] { r.Value, r.Low ?? r.Value, r.High ?? r.Value }), names + 10, Width - Right - 20);
        StringBuilder svg = Begin(title, bottom + 24);
        foreach (double tick in across.Ticks)
        {
            svg.Append($"<line x1=\"{N(across.At(tick))}\" x2=\"{N(across.At(tick))}\" y1=\"{N(Top)}\" y2=\"{N(bottom)}\" stroke=\"currentColor\" opacity=\"0.15\"/>");
            svg.Append(Text(across.At(tick), bottom + 16, across.Name(tick), "middle"));
        }

        for (int i = 0; i < rows.Count; i++)
        {
            double y = Top + (Line * (i + 0.5));
            svg.Append(Text(names, y + 4, Short(rows[i].Name, 44), "end"));
            if (rows[i] is { Low: { } low, High: { } high })
                svg.Append($"<line x1=\"{N(across.At(low))}\" x2=\"{N(across.At(high))}\" y1=\"{N(y)}\" y2=\"{N(y)}\" stroke=\"{Color(i)}\" stroke-width=\"3\" opacity=\"0.55\"/>");
            svg.Append($"<circle cx=\"{N(across.At(rows[i].Value))}\" cy=\"{N(y)}\" r=\"5\" fill=\"{Color(i)}\"/>\n");
        }

        return End(svg, title);
    }

    private static void Frame(StringBuilder svg, SvgAxis across, SvgAxis up, string acrossName, string upName)
    {
        foreach (double tick in up.Ticks)
        {
            svg.Append($"<line x1=\"{N(Left)}\" x2=\"{N(Width - Right)}\" y1=\"{N(up.At(tick))}\" y2=\"{N(up.At(tick))}\" stroke=\"currentColor\" opacity=\"0.15\"/>");
            svg.Append(Text(Left - 6, up.At(tick) + 4, up.Name(tick), "end"));
        }

        foreach (double tick in across.Ticks) svg.Append(Text(across.At(tick), Height - Bottom + 16, across.Name(tick), "middle"));
        svg.Append($"<line x1=\"{N(Left)}\" x2=\"{N(Width - Right)}\" y1=\"{N(Height - Bottom)}\" y2=\"{N(Height - Bottom)}\" stroke=\"currentColor\" opacity=\"0.5\"/>");
        svg.Append(Text((Left + Width - Right) / 2, Height - 10, acrossName, "middle"));
        svg.Append($"<text transform=\"translate(14 {N((Height - Bottom + Top) / 2)}) rotate(-90)\" text-anchor=\"middle\" fill=\"currentColor\" font-size=\"12\">{WebUtility.HtmlEncode(upName)}</text>\n");
    }

    private static StringBuilder Begin(string title, double height) => new StringBuilder("<figure class=\"chart\">").Append(
        $"<svg viewBox=\"0 0 {N(Width)} {N(height)}\" width=\"{N(Width)}\" height=\"{N(height)}\" role=\"img\" font-family=\"system-ui,sans-serif\"><title>{WebUtility.HtmlEncode(title)}</title>\n");

    private static string End(StringBuilder svg, string title) => svg.Append("</svg><figcaption>").Append(WebUtility.HtmlEncode(title)).Append("</figcaption></figure>\n").ToString();

    private static void Check(ReportSeries s)
    {
        if (s.X.Count != s.Y.Count || (s.Low.Count != 0 && (s.Low.Count != s.X.Count || s.High.Count != s.X.Count))) throw new ArgumentException($"the line {s.Name} has {s.X.Count} places and {s.Y.Count} values");
        if (s.X.Concat(s.Y).Concat(s.Low).Concat(s.High).Any(v => !double.IsFinite(v))) throw new ArgumentException($"the line {s.Name} has values that are not finite");
    }

    private static string Text(double x, double y, string text, string anchor = "start") =>
        $"<text x=\"{N(x)}\" y=\"{N(y)}\" text-anchor=\"{anchor}\" fill=\"currentColor\" font-size=\"12\">{WebUtility.HtmlEncode(text)}</text>";

    private static string Short(string name, int most) => name.Length <= most ? name : name[..(most - 1)] + "\u2026";

    private static string Color(int index) => Palette[index % Palette.Length];

    private static string Dash(int index) => index < Palette.Length ? string.Empty : " stroke-dasharray=\"6 4\"";

    private static string Point(double x, double y) => $"{N(x)},{N(y)}";

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
