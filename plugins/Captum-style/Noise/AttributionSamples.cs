using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Noise;

/// <summary>What the inner explainer said of one target, for all noisy images.</summary>
internal sealed class AttributionSamples
{
    private readonly Moments _maps = new();
    private readonly Moments _elements = new();
    private double _drift;
    private int _count;
    private string _function = string.Empty;
    private string? _undefined;
    private ImageAttribution? _any;
    private int _warned;
    private string _warning = string.Empty;

    /// <summary>Adds an explanation of a noisy image.</summary>
    /// <exception cref="PellucidException">It has no map, or one of another shape than those before.</exception>
    public void Add(Explanation explanation)
    {
        Add(
            explanation.Image ?? throw new PellucidException("noise-tunnel: the inner explainer gives no map of the image; use one that does"), explanation.Drift, explanation.ExplainedFunction);
        if (explanation.Warning is { } warning && _warned++ == 0) _warning = warning;
    }

    /// <summary>Adds the attribution of a noisy image.</summary>
    public void Add(ImageAttribution image, double drift, string function)
    {
        (_any, _function, _undefined) = (image, function, image.Undefined ?? _undefined);
        _maps.Add(image.Map);
        if (image.Elements is { } elements) _elements.Add(elements);
        _drift += (drift - _drift) / ++_count;
    }

    /// <summary>All taken together.</summary>
    public Explanation Explain(ExplanationTarget target, float score, NoiseTunnelType type)
    {
        HostTensor map = _maps.Result(type)!;
        return new Explanation
        {
            Target = target,
            Score = score,
            ExplainedScore = score - _drift,
            ExplainedFunction = _function,
            Warning = _warned == 0 ? null : $"the maps of {_warned} of {_count} noisy images have a warning; the first: {_warning}",
            Image = new ImageAttribution
            {
                Map = map,
                Signed = _any!.Signed && type == NoiseTunnelType.Smoothgrad,
                Elements = _elements.Result(type),
                Upsampling = _any.Upsampling,
                Undefined = map.Floats.ContainsAnyExcept(0f) ? null : _undefined ?? "the attribution is the same for all noisy images",
            },
        };
    }
}
