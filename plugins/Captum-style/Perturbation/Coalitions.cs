using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle.Regions;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>Scores of an image of which only some regions are shown. Equal choices are evaluated once.</summary>
internal sealed class Coalitions
{
    private readonly ExplanationRequest _request;
    private readonly PerturbedImages _images;
    private readonly float[] _fill;

    public Coalitions(ExplanationRequest request, PerturbedImages images, FeatureMask mask, PixelFill fill)
    {
        (_request, _images) = (request, images);
        Mask = mask;
        _fill = FillPixels.Of(request, fill);
    }

    /// <summary>The regions.</summary>
    public FeatureMask Mask { get; }

    /// <summary>Scores by choice of regions.</summary>
    /// <param name="shown">Which regions are shown, [N][F].</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>[N][K]: scores of each target.</returns>
    public async Task<float[][]> EvaluateAsync(IReadOnlyList<bool[]> shown, CancellationToken cancellationToken)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var distinct = new List<bool[]>();
        int[] numberOf = new int[shown.Count];
        for (int i = 0; i < shown.Count; i++)
        {
            // The image itself is scored anyway.
            if (!shown[i].Contains(false))
            {
                numberOf[i] = -1;
                continue;
            }

            string key = string.Create(shown[i].Length, shown[i], static (text, on) =>
            {
                for (int f = 0; f < on.Length; f++) text[f] = on[f] ? '1' : '0';
            });
            if (numbers.TryAdd(key, distinct.Count)) distinct.Add(shown[i]);
            numberOf[i] = numbers[key];
        }

        HostTensor scores = await _images.EvaluateAsync(
            distinct.Count, (index, pixels) => Mask.Apply(pixels, _fill, distinct[index]), cancellationToken);
        int targets = _request.Targets.Count;
        return [.. numberOf.Select(n => n < 0 ? [.. _images.Original] : scores.Floats.Slice(n * targets, targets).ToArray())];
    }

    /// <summary>The image where all regions are shown, filled where not: [C, H, W].</summary>
    public float[] Pixels(bool[] shown)
    {
        float[] pixels = _request.Image.Pixels.Floats.ToArray();
        Mask.Apply(pixels, _fill, shown);
        return pixels;
    }

    /// <summary>Gives every element the value of its region, for each target.</summary>
    /// <param name="values">[K][F].</param>
    public PerturbationResult[] Spread(IEnumerable<double[]> values) =>
        [.. values.Select(v => new PerturbationResult(Mask.Spread(v, _request.Image.Pixels), HostTensor.Of(Array.ConvertAll(v, x => (float)x), v.Length)))];
}
