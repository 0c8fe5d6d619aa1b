using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Host.Explaining;
using Pellucid.Host.Reports;
using Pellucid.Modeling.Checkpoints;
using Pellucid.Modeling.Imaging;
using Pellucid.Modeling.Imaging.Rendering;

namespace Pellucid.Host.Output;

/// <summary>Writes the files of an explanation.</summary>
public static class ExplanationFiles
{
    /// <summary>Writes all of them; the folder appears when they are complete.</summary>
    /// <param name="output">Folder of the results, begun with <see cref="ResultFiles.Explanation"/>.</param>
    /// <param name="result">What was found.</param>
    /// <param name="timings">How long it took.</param>
    /// <param name="style">How maps are drawn.</param>
    /// <param name="cancellationToken">Stops the work; nothing is left behind.</param>
    /// <exception cref="PellucidException">The folder cannot be written.</exception>
    public static void Write(OutputFolder output, ExplainResult result, ExplainTimings timings, OverlayStyle style, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(result);
        SortedDictionary<string, HostTensor> maps = new(StringComparer.Ordinal);
        Dictionary<string, byte[]> overlays = new(StringComparer.Ordinal);
        foreach (ExplainedCell cell in result.Cells)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (cell.Explanation.Image is not { } attribution) continue;
            ExplainedImage image = result.Images[cell.Image];
            HostTensor projected = MapProjection.ToSource(attribution.Map, image.Input.Geometry, attribution.Upsampling);
            maps[cell.Key] = attribution.Map;
            maps[cell.Key + "/image"] = projected;
            byte[] png = PngEncoder.Encode(style.Draw(image.Original, projected, attribution.Signed));
            overlays[cell.Key] = png;
            output.Write(ResultFiles.Overlay(cell.Image, cell.Target, cell.Explainer), png);
        }

        SafetensorsWriter.Write(output.PathOf(ResultFiles.Maps), maps);
        output.Write(ResultFiles.Report, ReportPage.Render(result, overlays));
        output.Write(ResultFiles.Timings, TimingsJson.ToBytes(timings));
        output.Write(ResultFiles.Explanation, ExplanationJson.ToBytes(result));
        cancellationToken.ThrowIfCancellationRequested();
        output.Commit();
    }
}
