using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Axiomatic;

/// <summary>
/// 1 if the explanation stays the same when a constant is added to the image and taken off again inside the model, so that the model says the same, else 0 (Kindermans et al. 2019, The (un)reliability of
/// saliency methods, section 2). The detail <c>difference</c> is the largest difference as a share of the larger map's largest value.
/// </summary>
/// <param name="options">Options.</param>
public sealed class InputInvarianceMetric(InputInvarianceOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Axiomatic,
        Direction = MetricDirection.Higher,
        Needs = MetricNeeds.Map | MetricNeeds.Explainer | MetricNeeds.EditableModel,
        Minimum = 0,
        Maximum = 1,
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var model = (IEditableModel)request.Model;
        IEditableModel shifted = model.WithImageEncoder(encoder =>
        {
            GraphBuilder g = encoder.Edit();
            Value pixels = g.Find(EncoderNames.PixelValues);
            g.Replace(EncoderNames.PixelValues, g.Sub(pixels, g.Like(pixels, options.Shift)));
            return g.Build();
        });
        List<MetricResult> results = [];
        float[][] before = await MapsAsync(request, item => Request(model, item, item.Image.Pixels), cancellationToken);
        float[][] after = await MapsAsync(request, item => Request(shifted, item, Shifted(item.Image.Pixels)), cancellationToken);
        for (int i = 0; i < before.Length; i++) results.Add(Result(before[i], after[i]));
        return results;
    }

    private static async Task<float[][]> MapsAsync(MetricRequest request, Func<MeasuredItem, ExplanationRequest> make, CancellationToken cancellationToken)
    {
        List<float[]> maps = [];
        await foreach (IReadOnlyList<Explanation> explanations in request.Explainer!.ExplainEachAsync(request.Items.Select(make), request.BatchSize, cancellationToken))
        {
            ImageAttribution image = explanations[0].Image ?? throw new PellucidException("the explainer gives no map over the image");
            maps.Add(image.Map.Floats.ToArray());
        }

        return [.. maps];
    }

    private static ExplanationRequest Request(IVisionLanguageModel model, MeasuredItem item, HostTensor pixels) =>
        new() { Model = model, Image = item.Image with { Pixels = pixels }, Targets = [item.Target], Seed = item.Seed, ExplainText = false };

    private HostTensor Shifted(HostTensor pixels)
    {
        float[] values = new float[pixels.Length];
        TensorPrimitives.Add(pixels.Floats, (float)options.Shift, values);
        if (options.Compat == Compatibility.Quantus) values[0] = pixels.Floats[0];
        return HostTensor.Of(values, pixels.Shape);
    }

    private MetricResult Result(float[] before, float[] after)
    {
        double largest = Math.Max(Math.Abs(TensorPrimitives.MaxMagnitude<float>(before)), Math.Abs(TensorPrimitives.MaxMagnitude<float>(after))), difference = 0;
        bool close = true;
        for (int p = 0; p < before.Length; p++)
        {
            double d = Math.Abs((double)before[p] - after[p]);
            difference = Math.Max(difference, d);
            close &= d <= 1e-4 + (1e-5 * Math.Abs((double)after[p]));
        }

        difference = largest == 0 ? 0 : difference / largest;
        return MetricResult.Of((options.Compat == Compatibility.Quantus ? close : difference <= options.Tolerance) ? 1 : 0) with
        {
            Details = new Dictionary<string, double>(StringComparer.Ordinal) { ["difference"] = difference },
        };
    }
}
