using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Noise;

/// <summary>
/// Attributions of noisy copies of an image, taken together: SmoothGrad, the mean (Smilkov et al. 2017, "SmoothGrad: removing noise by adding
/// noise", eq. 1); SmoothGrad-squared, the mean of the squares (Hooker et al. 2019, "A benchmark for interpretability methods"); VarGrad, the
/// variance (Adebayo et al. 2018, "Local explanation methods for deep neural networks lack sensitivity to parameter values"). Around any
/// explainer with a map of the image; its attribution of every input element, where it has one, is treated alike. Draw that can be
/// replayed: <c>noise-tunnel.noise</c> [samples, C, H, W], scaled by the standard deviation already.
/// </summary>
/// <remarks>The drift is the mean of the inner explainer's over the noisy images.</remarks>
/// <example><c>--explainer "noise-tunnel(inner=saliency(abs=false), samples=50, type=vargrad)"</c></example>
public sealed class NoiseTunnelExplainer : ILinearExplainer
{
    /// <summary>Draw of the noise.</summary>
    private const string NoiseDraw = "noise-tunnel.noise";

    private readonly NoiseTunnelOptions _options;
    private readonly IExplainer _inner;

    /// <summary>Makes one.</summary>
    /// <param name="options">Options.</param>
    /// <exception cref="PellucidException">There is no inner explainer.</exception>
    public NoiseTunnelExplainer(NoiseTunnelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _inner = options.Inner ?? throw new PellucidException("noise-tunnel needs an explainer to ask about the noisy images: give inner=...");
    }

    /// <inheritdoc/>
    public ModelCapabilities Requires => _inner.Requires | ModelCapabilities.Evaluate;

    /// <inheritdoc/>
    public bool IsLinearInTarget => _options.Type == NoiseTunnelType.Smoothgrad && _inner is ILinearExplainer { IsLinearInTarget: true };

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => _inner.CanExplain(target);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        HostTensor pixels = request.Image.Pixels, scores = await request.Model.EvaluateAsync(pixels, request.Targets, cancellationToken);
        HostTensor? replayed = Replayed(request);
        double scale = _options.Relative ? _options.Stdev * (TensorPrimitives.Max<float>(pixels.Floats) - TensorPrimitives.Min<float>(pixels.Floats)) : _options.Stdev;
        Samples[] samples = [.. request.Targets.Select(_ => new Samples())];
        for (int s = 0; s < _options.Samples; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SeededRandom random = SeededRandom.Fork(request.Seed, (ulong)s);
            ulong innerSeed = random.NextBits();
            float[] noisy = replayed is null ? [.. Enumerable.Range(0, pixels.Length).Select(_ => (float)(scale * random.NextNormal()))] : replayed.Rows(s, 1).Floats.ToArray();
            TensorPrimitives.Add(pixels.Floats, noisy, noisy);
            IReadOnlyList<Explanation> explained = await _inner.ExplainAsync(
                request with
                {
                    Image = request.Image with { Pixels = HostTensor.Of(noisy, pixels.Shape) },
                    Seed = innerSeed,
                    ExplainText = false,
                    Progress = new PartOfProgress(request.Progress, (double)s / _options.Samples, (s + 1.0) / _options.Samples),
                },
                cancellationToken);
            for (int k = 0; k < samples.Length; k++) samples[k].Add(explained[k]);
        }

        request.Progress?.Report(1);
        return [.. request.Targets.Select((target, k) => samples[k].Explain(target, scores.Floats[k], _options))];
    }

    private HostTensor? Replayed(ExplanationRequest request)
    {
        if (request.Draws?.GetValueOrDefault(NoiseDraw) is not { } noise) return null;
        TensorShape needed = request.Image.Pixels.Shape.With(0, _options.Samples);
        return noise.ElementType == ElementType.Float32 && noise.Shape.SequenceEqual(needed)
            ? noise
            : throw new PellucidException($"the draw {NoiseDraw} is {noise}; for this image and samples={_options.Samples} float32{needed} is needed");
    }

    /// <summary>What the inner explainer said of one target.</summary>
    private sealed class Samples
    {
        private readonly Moments _maps = new();
        private readonly Moments _elements = new();
        private double _drift;
        private int _count;
        private Explanation? _any;
        private string? _undefined;

        public void Add(Explanation explanation)
        {
            ImageAttribution image = explanation.Image
                ?? throw new PellucidException("noise-tunnel: the inner explainer gives no map of the image; use one that does");
            _any = explanation;
            _undefined = image.Undefined ?? _undefined;
            _maps.Add(image.Map);
            if (image.Elements is { } elements) _elements.Add(elements);
            _drift += (explanation.Drift - _drift) / ++_count;
        }

        public Explanation Explain(ExplanationTarget target, float score, NoiseTunnelOptions options)
        {
            HostTensor map = _maps.Result(options.Type)!;
            ImageAttribution image = _any!.Image!;
            return new Explanation
            {
                Target = target,
                Score = score,
                ExplainedScore = score - _drift,
                ExplainedFunction = _any.ExplainedFunction,
                Image = new ImageAttribution
                {
                    Map = map,
                    Signed = image.Signed && options.Type == NoiseTunnelType.Smoothgrad,
                    Elements = _elements.Result(options.Type),
                    Upsampling = image.Upsampling,
                    Undefined = map.Floats.ContainsAnyExcept(0f) ? null : _undefined ?? "the attribution is the same for all noisy images",
                },
            };
        }
    }
}
