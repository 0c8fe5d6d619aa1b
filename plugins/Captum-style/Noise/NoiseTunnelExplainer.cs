using Pellucid.Abstractions.Execution;
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
        ArgumentNullException.ThrowIfNull(request);
        HostTensor scores = await request.Model.EvaluateAsync(request.Image.Pixels, request.Targets, cancellationToken);
        NoisyImages images = new(request, _options, Replayed(request));
        AttributionSamples[] samples = [.. request.Targets.Select(_ => new AttributionSamples())];
        if (_inner is GradientExplainer gradient && request.Model is IDifferentiableModel model)
            await AskForGradientsAsync(gradient, model, request, images, samples, cancellationToken);
        else
            await AskForEachAsync(request, images, samples, cancellationToken);
        request.Progress?.Report(1);
        return [.. request.Targets.Select((target, k) => samples[k].Explain(target, scores.Floats[k], _options.Type))];
    }

    /// <summary>An explainer that needs one gradient an image gets those of several images at once, or of several targets where there are such.</summary>
    private Task AskForGradientsAsync(
        GradientExplainer inner, IDifferentiableModel model, ExplanationRequest request, NoisyImages images, AttributionSamples[] samples, CancellationToken cancellationToken)
    {
        TensorShape shape = request.Image.Pixels.Shape;
        return PointGradients.ForEachAsync(
            model, shape, request.Targets, _options.Samples,
            (s, pixels) => images.Draw(s, pixels),
            (_, k, pixels, gradient) => samples[k].Add(inner.Attribute(request.Targets[k], shape, pixels, gradient), drift: 0, Attribution.ServedModel),
            request.Progress, cancellationToken);
    }

    private async Task AskForEachAsync(ExplanationRequest request, NoisyImages images, AttributionSamples[] samples, CancellationToken cancellationToken)
    {
        for (int s = 0; s < _options.Samples; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] noisy = new float[request.Image.Pixels.Length];
            ulong seed = images.Draw(s, noisy);
            IReadOnlyList<Explanation> explained = await _inner.ExplainAsync(
                request with
                {
                    Image = request.Image with { Pixels = HostTensor.Of(noisy, request.Image.Pixels.Shape) },
                    Seed = seed,
                    ExplainText = false,
                    Progress = new PartOfProgress(request.Progress, (double)s / _options.Samples, (s + 1.0) / _options.Samples),
                },
                cancellationToken);
            for (int k = 0; k < samples.Length; k++) samples[k].Add(explained[k]);
        }
    }

    private HostTensor? Replayed(ExplanationRequest request)
    {
        if (request.Draws?.GetValueOrDefault(NoiseDraw) is not { } noise) return null;
        TensorShape needed = request.Image.Pixels.Shape.With(0, _options.Samples);
        return noise.ElementType == ElementType.Float32 && noise.Shape.SequenceEqual(needed)
            ? noise
            : throw new PellucidException($"the draw {NoiseDraw} is {noise}; for this image and samples={_options.Samples} float32{needed} is needed");
    }
}
