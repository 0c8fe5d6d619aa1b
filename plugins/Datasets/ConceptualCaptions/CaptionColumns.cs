using Pellucid.Plugins.Datasets.Tables;

namespace Pellucid.Plugins.Datasets.ConceptualCaptions;

/// <summary>Which columns of a table hold captions and images.</summary>
/// <param name="Caption">Index of the captions.</param>
/// <param name="Image">Index of the images' addresses or paths.</param>
/// <param name="HasHeader">Whether the first row is a header.</param>
internal sealed record CaptionColumns(int Caption, int Image, bool HasHeader)
{
    /// <summary>Reads them off a table's first row: a header, or a caption and an address in whatever order; null where it is neither.</summary>
    public static CaptionColumns? Of(DelimitedRow? first)
    {
        if (first is null || first.Fields.Count < 2) return null;
        if (first.Fields.GroupBy(f => f.Trim(), StringComparer.OrdinalIgnoreCase).All(g => !g.Skip(1).Any()))
        {
            TableColumns columns = new(first);
            if (columns.Find("caption", "title", "text") is { } caption && columns.Find("filepath", "path", "image", "file_name", "url") is { } image) return new CaptionColumns(caption, image, true);
        }

        if (first.Fields.Count != 2) return null;
        return IsAddress(first.Fields[1]) ? new CaptionColumns(0, 1, false) : IsAddress(first.Fields[0]) ? new CaptionColumns(1, 0, false) : null;
    }

    /// <summary>Whether a text is the address of something on the web.</summary>
    public static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && (uri.Scheme == "http" || uri.Scheme == "https");
}
