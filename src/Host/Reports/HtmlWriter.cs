using System.Globalization;
using System.Net;
using System.Text;

namespace Pellucid.Host.Reports;

/// <summary>Builds a self-contained HTML page. Everything that came from outside goes through <see cref="Text"/>.</summary>
public sealed class HtmlWriter
{
    private readonly StringBuilder _html = new();

    /// <summary>Appends markup of our own.</summary>
    public HtmlWriter Raw(string markup)
    {
        _html.Append(markup);
        return this;
    }

    /// <summary>Appends text, escaped.</summary>
    public HtmlWriter Text(string? text)
    {
        _html.Append(WebUtility.HtmlEncode(text));
        return this;
    }

    /// <summary>Appends a number with a fixed number of decimals.</summary>
    public HtmlWriter Number(double value, int decimals = 4)
    {
        _html.Append(value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>Appends a PNG as an image inside the page.</summary>
    public HtmlWriter Picture(byte[] png, string description, string cssClass = "")
    {
        _html.Append("<img class=\"").Append(cssClass).Append("\" alt=\"").Append(WebUtility.HtmlEncode(description))
            .Append("\" src=\"data:image/png;base64,").Append(Convert.ToBase64String(png)).Append("\">");
        return this;
    }

    /// <summary>The page as UTF-8.</summary>
    public byte[] ToPage(string title) => Encoding.UTF8.GetBytes(
        $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        + $"<title>{WebUtility.HtmlEncode(title)}</title><style>{ReportStyle.Css}</style></head><body><main>\n{_html}</main></body></html>\n");
}
