using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Plugins;
using Pellucid.Graphs;

// A plugin in one file, to be read from top to bottom; the project's own plugins have one type a file.
#pragma warning disable MA0048

namespace Pellucid.Samples.HelloExplainer;

/// <summary>Tells the host what this plugin brings. Does no work.</summary>
public sealed class HelloPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddExplainer<OcclusionGridExplainer, OcclusionGridOptions>(
        "occlusion-grid",
        "How much the score drops when one cell of a grid is painted over",
        "Zeiler and Fergus 2014, Visualizing and understanding convolutional networks");
}

/// <summary>Options of <see cref="OcclusionGridExplainer"/>: help, validation and schema come from this record.</summary>
public sealed record OcclusionGridOptions
{
    /// <summary>Cells along each side.</summary>
    [Description("cells along each side of the image"), Range(1, 64)]
    public int Grid { get; init; } = 8;

    /// <summary>Occluded images in one run. Decides memory and speed, not the result beyond float rounding.</summary>
    [Description("occluded images that are embedded in one run"), Range(1, 1024)]
    public int Batch { get; init; } = 16;
}

/// <summary>
/// Occlusion (Zeiler and Fergus 2014, section 4.2) on a grid: each cell in turn gets the image's mean color, and the map says how
/// much lower the score then is. Needs nothing of the model but scores.
/// </summary>
/// <param name="options">Options, bound and validated by the host.</param>
public sealed class OcclusionGridExplainer(OcclusionGridOptions options) : IExplainer
{
    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Evaluate;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => target is EmbeddingTarget or TapTarget;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        ImageSize size = request.Image.Size;
        if (options.Grid > Math.Min(size.Height, size.Width))
            throw new PellucidException($"occlusion-grid: grid={options.Grid}, but the model's input is only {size} pixels");

        IReadOnlyList<ExplanationTarget> targets = request.Targets;
        HostTensor whole = await request.Model.EvaluateAsync(request.Image.Pixels, targets, cancellationToken);

        // One forward pass of an occluded image serves all texts.
        int cells = options.Grid * options.Grid;
        float[][] drops = [.. targets.Select(_ => new float[cells])];
        for (int first = 0; first < cells; first += options.Batch)
        {
            int count = Math.Min(options.Batch, cells - first);
            HostTensor occluded = Occlude(request.Image.Pixels, first, count);
            HostTensor scores = await request.Model.EvaluateAsync(occluded, targets, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                for (int t = 0; t < targets.Count; t++) drops[t][first + i] = whole.Floats[t] - scores.Floats[(i * targets.Count) + t];
            }

            request.Progress?.Report((double)(first + count) / cells);
        }

        return [.. targets.Select((target, t) => Explain(target, whole.Floats[t], drops[t]))];
    }

    private Explanation Explain(ExplanationTarget target, float score, float[] drops)
    {
        if (!float.IsFinite(score) || !TensorPrimitives.IsFiniteAll<float>(drops))
            throw new PellucidException($"the score of {target.Describe()} is not finite: the model's weights or the image are unusable");
        return new Explanation
        {
            Target = target,
            Score = score,
            ExplainedScore = score,
            ExplainedFunction = "the served model",
            Image = new ImageAttribution
            {
                Map = HostTensor.Of(drops, options.Grid, options.Grid),
                Signed = true,
                Upsampling = MapUpsampling.Nearest,
                Undefined = drops.AsSpan().ContainsAnyExcept(0f) ? null : "no cell changes the score",
            },
        };
    }

    /// <summary>Copies of an image [1, C, H, W], each with one cell in the image's mean color: [count, C, H, W].</summary>
    private HostTensor Occlude(HostTensor pixels, int firstCell, int count)
    {
        int channels = (int)pixels.Shape[1], height = (int)pixels.Shape[2], width = (int)pixels.Shape[3], area = height * width;
        HostTensor copies = HostTensor.Zeros(ElementType.Float32, pixels.Shape.With(0, count));
        for (int i = 0; i < count; i++)
        {
            (int row, int column) = Math.DivRem(firstCell + i, options.Grid);
            (int top, int bottom) = (row * height / options.Grid, (row + 1) * height / options.Grid);
            (int left, int right) = (column * width / options.Grid, (column + 1) * width / options.Grid);
            for (int c = 0; c < channels; c++)
            {
                ReadOnlySpan<float> source = pixels.Floats.Slice(c * area, area);
                Span<float> copy = copies.Floats.Slice(((i * channels) + c) * area, area);
                source.CopyTo(copy);
                float mean = TensorPrimitives.Sum(source) / area;
                for (int y = top; y < bottom; y++) copy[((y * width) + left)..((y * width) + right)].Fill(mean);
            }
        }

        return copies;
    }
}
