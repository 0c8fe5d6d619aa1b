using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Plugins.Transformers.Encoders;

namespace Pellucid.Plugins.Transformers.Bottleneck;

/// <summary>
/// M2IB (Wang et al. 2023, "Visual explanations of image-text representations via multi-modal information bottleneck attribution"):
/// noise is added to the tokens inside an encoder, as much as leaves the match with the other side alone (eq. 9 to 11); the map is
/// the information that still passes, in nats a token. The blocks below the noise run once; the same on the text encoder for words.
/// </summary>
/// <remarks>
/// Draws that can be replayed: <c>noise</c> [steps, samples, N, D] for the image and <c>text-noise</c> [steps, samples, T, D] for
/// texts of T tokens, start and end included. Features are not standardized, as published.
/// </remarks>
/// <example><c>--explainer "m2ib(beta=0.05, steps=20)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class M2ibExplainer(M2ibOptions options, IGraphRunner runner) : IExplainer
{
    private const string Id = "m2ib", Noise = "noise", TextNoise = "text-noise";
    private const ulong TextStream = 0x9E3779B97F4A7C15UL;
    private static readonly DerivedGraphs<Key, BottleneckGraphs> Graphs = new();

    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Graph;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => target is MatchingScoreTarget;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        EncoderSide image = EncoderSide.Image(request, Id);
        EncoderSide? text = options.Causal && !request.ExplainText ? null : image.Text();
        int layer = Layer(options.Layer, image, "layer");
        MatchingScoreTarget[] asked = [.. request.Targets.Cast<MatchingScoreTarget>()], fitted = await FittedAsync(asked, text, cancellationToken);
        TargetGraph target = image.Model.Resolve([fitted[0]], Modality.Image, request.Image.Size);
        BottleneckGraphs graphs = Graphs.Get(target.Graph, new Key(image.Layout, layer, Masked: true), _ => new BottleneckGraphs(target, image.Layout, layer, maskIsInput: false));
        IReadOnlyDictionary<string, HostTensor> lower = await runner.RunAsync(graphs.Lower, target.Feed(request.Image.Pixels), cancellationToken);
        HostTensor embedding = lower[target.Embedding];
        BottleneckRun[] runs = [.. fitted.Select(t => new BottleneckRun(
            graphs.Upper, image.Model.Resolve([t], Modality.Image, request.Image.Size).TargetInputs, target.Input, lower[BottleneckGraphs.Features], image.Layout.Tokens, options))];
        var noise = new BottleneckNoise(request.Seed, 0, request.Draws?.GetValueOrDefault(Noise), Noise);
        double share = request.ExplainText ? 0.5 : 1;
        await OptimizeAsync(runs, noise, done => request.Progress?.Report(share * done), cancellationToken);
        float[][] words = request.ExplainText ? await ExplainTextsAsync(request, text!, fitted, embedding, cancellationToken) : [];
        return [.. asked.Select((t, k) => Explain(request, t, fitted[k], image.Layout, runs[k].Bottleneck.Capacity(), k < words.Length ? words[k] : null, embedding))];
    }

    /// <summary>Cosines, with text embeddings of the encoder that is explained.</summary>
    private async Task<MatchingScoreTarget[]> FittedAsync(MatchingScoreTarget[] asked, EncoderSide? text, CancellationToken cancellationToken)
    {
        var fitted = new MatchingScoreTarget[asked.Length];
        for (int k = 0; k < asked.Length; k++)
        {
            TextInput input = options.Causal
                ? asked[k].Text
                : asked[k].Text with { Embedding = await UnmaskedText.EmbedAsync(runner, text!.Model, text.Layout, asked[k].Text.Tokens, cancellationToken) };
            fitted[k] = new MatchingScoreTarget(input);
        }

        return fitted;
    }

    /// <summary>Capacities of the tokens of each text.</summary>
    private async Task<float[][]> ExplainTextsAsync(
        ExplanationRequest request, EncoderSide side, MatchingScoreTarget[] targets, HostTensor imageEmbedding, CancellationToken cancellationToken)
    {
        int layer = Layer(options.TextLayer, side, "text-layer");
        var runs = new BottleneckRun[targets.Length];
        for (int k = 0; k < targets.Length; k++)
        {
            TokenizedText tokens = targets[k].Text.Tokens;
            TargetGraph target = side.Model.Resolve([targets[k]], Modality.Text, counterpart: imageEmbedding);
            BottleneckGraphs graphs = Graphs.Get(
                target.Graph, new Key(side.Layout, layer, options.Causal), _ => new BottleneckGraphs(target, side.Layout, layer, maskIsInput: !options.Causal));
            var feed = new Dictionary<string, HostTensor>(target.Feed(TextTargets.Ids([tokens], side.Layout.Tokens)), StringComparer.Ordinal);
            if (!options.Causal) feed[BottleneckGraphs.Mask] = UnmaskedText.Mask(tokens, side.Layout);
            IReadOnlyDictionary<string, HostTensor> lower = await runner.RunAsync(graphs.Lower, feed, cancellationToken);
            runs[k] = new BottleneckRun(graphs.Upper, feed, target.Input, lower[BottleneckGraphs.Features], tokens.Length, options);
        }

        var noise = new BottleneckNoise(request.Seed, TextStream, request.Draws?.GetValueOrDefault(TextNoise), TextNoise);
        await OptimizeAsync(runs, noise, done => request.Progress?.Report(0.5 + (0.5 * done)), cancellationToken);
        return [.. runs.Select(r => r.Bottleneck.Capacity())];
    }

    /// <summary>All but the last step: that one only reads the capacity. Targets of one length share the noise.</summary>
    private async Task OptimizeAsync(BottleneckRun[] runs, BottleneckNoise noise, Action<double> progress, CancellationToken cancellationToken)
    {
        for (int step = 0; step < options.Steps - 1; step++)
        {
            foreach (IGrouping<int, BottleneckRun> group in runs.GroupBy(r => r.NoiseLength))
            {
                float[] samples = noise.Step(step, options.Samples, group.Key);
                foreach (BottleneckRun run in group) await run.StepAsync(runner, samples, cancellationToken);
            }

            progress((step + 1.0) / (options.Steps - 1));
        }
    }

    private Explanation Explain(
        ExplanationRequest request, MatchingScoreTarget asked, MatchingScoreTarget fitted, TransformerLayout layout, float[] capacity, float[]? words, HostTensor imageEmbedding)
    {
        double Score(TextInput text) => request.Model.Fusion.Score(imageEmbedding.Floats, text.Embedding.Floats, asked.Score);
        var details = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["capacity"] = HostTensor.Of(capacity, capacity.Length) };
        float[] positions = new float[asked.Text.Tokens.Ids.Count];
        if (words is not null)
        {
            details["text-capacity"] = HostTensor.Of(words, words.Length);
            words.CopyTo(positions, 0);
        }

        return new Explanation
        {
            Target = asked,
            Score = Score(asked.Text),
            ExplainedScore = Score(fitted.Text),
            ExplainedFunction = options.Causal ? "the served model" : "the text encoder without its causal mask",
            Image = PatchMap.Of(capacity.AsSpan(layout.PrefixTokens), layout, signed: false, asked),
            Text = words is null ? null : WordImportances.Of(asked.Text.Tokens, positions),
            Details = details,
        };
    }

    private static int Layer(int? given, EncoderSide side, string option)
    {
        int highest = side.Layout.Blocks - 2;
        if (highest < 0) throw new PellucidException($"{Id} needs a block behind the noise; the {side.Layout.Prefix} encoder has {side.Layout.Blocks}");
        if (given > highest) throw new PellucidException($"{Id}: {option}={given}, but noise can be added behind blocks 0 to {highest} of the {side.Layout.Prefix} encoder");
        return given ?? Math.Min(highest, side.Layout.Blocks * 3 / 4);
    }

    private sealed record Key(TransformerLayout Layout, int Block, bool Masked);
}
