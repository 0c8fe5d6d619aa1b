using System.Globalization;
using System.Net;
using System.Text;

namespace Pellucid.Host.Reports;

/// <summary>Writes a self-contained HTML page as it comes, so that pictures are not held. Everything that came from outside goes through <see cref="Text"/>.</summary>
public sealed class HtmlWriter
{
    /// <summary>Bytes of a picture that are encoded at once: a multiple of 3, so that parts of base64 join without padding.</summary>
    private const int PictureChunk = 3 << 12;

    private readonly TextWriter _html;
    private readonly char[] _chunk = new char[PictureChunk / 3 * 4];

    private HtmlWriter(TextWriter html) => _html = html;

    /// <summary>A page as UTF-8.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="write">Writes what it shows.</param>
    public static byte[] ToPage(string title, Action<HtmlWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using MemoryStream page = new();
        using (StreamWriter text = Begin(page, title))
        {
            write(new HtmlWriter(text));
            End(text);
        }

        return page.ToArray();
    }

    /// <summary>Writes a page as UTF-8 to a stream, which stays open.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="title">Its title.</param>
    /// <param name="write">Writes what it shows.</param>
    public static async Task WriteAsync(Stream stream, string title, Func<HtmlWriter, Task> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        await using StreamWriter text = Begin(stream, title);
        await write(new HtmlWriter(text));
        End(text);
    }

    /// <summary>Appends markup of our own.</summary>
    public HtmlWriter Raw(string markup)
    {
        _html.Write(markup);
        return this;
    }

    /// <summary>Appends text, escaped.</summary>
    public HtmlWriter Text(string? text)
    {
        WebUtility.HtmlEncode(text, _html);
        return this;
    }

    /// <summary>Appends a number with a fixed number of decimals.</summary>
    public HtmlWriter Number(double value, int decimals = 4)
    {
        _html.Write(value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>Appends a PNG as an image inside the page.</summary>
    public HtmlWriter Picture(ReadOnlySpan<byte> png, string description, string cssClass = "")
    {
        Raw("<img class=\"").Raw(cssClass).Raw("\" alt=\"").Text(description).Raw("\" src=\"data:image/png;base64,");
        for (int start = 0; start < png.Length; start += PictureChunk)
        {
            _ = Convert.TryToBase64Chars(png.Slice(start, Math.Min(PictureChunk, png.Length - start)), _chunk, out int written);
            _html.Write(_chunk.AsSpan(0, written));
        }

        return Raw("\">");
    }

    private static StreamWriter Begin(Stream stream, string title)
    {
        StreamWriter text = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true);
        text.Write($"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{WebUtility.HtmlEncode(title)}</title><style>{ReportStyle.Css}</style></head><body><main>\n");
        return text;
    }

    private static void End(TextWriter text) => text.Write("</main></body></html>\n");
}
