using System.Text;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments.Reporting;
using Pellucid.Host.Output;
using Pellucid.Host.Reports;
using Pellucid.Modeling.Imaging.Rendering;

namespace Pellucid.Host.Tests.Reports;

/// <summary>Pages that are written as they come are the same as pages made at once.</summary>
public sealed class HtmlWriterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12288)]
    [InlineData(12289)]
    [InlineData(40000)]
    public void A_picture_is_one_base64_text(int bytes)
    {
        byte[] png = [.. Enumerable.Range(0, bytes).Select(i => (byte)(i * 7))];
        string page = Encoding.UTF8.GetString(HtmlWriter.ToPage("t", html => html.Picture(png, "a \"b\"", "map")));
        Assert.Contains($"<img class=\"map\" alt=\"a &quot;b&quot;\" src=\"data:image/png;base64,{Convert.ToBase64String(png)}\">", page, StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        Assert.EndsWith("</main></body></html>\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_come_one_after_another_are_the_same_grid()
    {
        DecodedImage picture = new(2, 2, PixelMode.Rgb, new byte[12]);
        ReportFigureRow[] rows = [new("one", [new ReportFigure(picture, "a < b"), null]), new("two", [null, new ReportFigure(picture, "c")])];
        byte[] together = HtmlWriter.ToPage("t", html => new ReportWriter(html, new OverlayStyle(ColorMap.Ember)).Figures(["x", "y", "z"], rows));
        using MemoryStream each = new();
        await HtmlWriter.WriteAsync(each, "t", html => new ReportWriter(html, new OverlayStyle(ColorMap.Ember)).FiguresAsync(["x", "y", "z"], rows.ToAsyncEnumerable(), TestContext.Current.CancellationToken));
        Assert.Equal(Encoding.UTF8.GetString(together), Encoding.UTF8.GetString(each.ToArray()));
    }
}
