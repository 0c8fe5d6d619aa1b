using System.Collections.Concurrent;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Graphs.Rewrites;
using Pellucid.Modeling.Imaging.Preprocessing;

namespace Pellucid.Modeling.Models;

/// <summary>A dual encoder whose halves are graphs: everything that <see cref="IGraphModel"/> promises, from two graphs and a fusion rule.</summary>
public sealed class GraphVisionLanguageModel : IEditableModel
{
    private readonly GraphModelParts _parts;
    private readonly IGraphRunner _runner;
    private readonly ConcurrentDictionary<ImageSize, Lazy<Graph>> _imageEncoders = new();
    private readonly Lazy<Graph> _textEncoder;
    private readonly ConcurrentDictionary<int, Lazy<Graph>> _textEncoders = new();
    private readonly TargetGraphs _targets;
    private readonly DerivedGraphs<string, Graph> _served = new();

    /// <summary>Makes a model.</summary>
    public GraphVisionLanguageModel(GraphModelParts parts, IGraphRunner runner)
    {
        _parts = parts;
        _runner = runner;
        _textEncoder = new Lazy<Graph>(parts.TextEncoder);
        _targets = new TargetGraphs(parts.Fusion);
    }

    /// <inheritdoc/>
    public ModelDescription Description => _parts.Description;

    /// <inheritdoc/>
    public ModelCapabilities Capabilities =>
        ModelCapabilities.Evaluate | ModelCapabilities.VectorJacobianProduct | ModelCapabilities.Taps | ModelCapabilities.Graph;

    /// <inheritdoc/>
    public ITokenizer Tokenizer => _parts.Tokenizer;

    /// <inheritdoc/>
    public IFusionRule Fusion => _parts.Fusion;

    /// <inheritdoc/>
    public ImageInput Prepare(DecodedImage image, ImagePreparation preparation = ImagePreparation.Model)
    {
        PreprocessingSpec spec = _parts.Preprocessing;
        if (preparation == ImagePreparation.KeepAspect)
        {
            if (_parts.Patch == 0) throw new PellucidException($"model '{Description.Id}' takes images of {Description.ImageSize} only; leave out the option that keeps the aspect");
            spec = spec.KeepAspect(_parts.Patch);
        }

        PreprocessedImage prepared = ImagePreprocessor.Run(image, spec);
        return new ImageInput(prepared.Pixels, prepared.Geometry, image.Source ?? "image", image.ContentHash);
    }

    /// <inheritdoc/>
    public async Task<HostTensor> EmbedImagesAsync(HostTensor pixels, CancellationToken cancellationToken = default)
    {
        Graph encoder = Served(ImageEncoder(SizeOf(pixels)), EncoderNames.ImageEmbeds);
        return await RunAsync(encoder, EncoderNames.PixelValues, pixels, EncoderNames.ImageEmbeds, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<HostTensor> EmbedTextsAsync(HostTensor ids, CancellationToken cancellationToken = default) =>
        await RunAsync(Served(TextEncoder(ids), EncoderNames.TextEmbeds), EncoderNames.InputIds, ids, EncoderNames.TextEmbeds, cancellationToken);

    /// <inheritdoc/>
    public Graph ImageEncoder(ImageSize size) =>
        _imageEncoders.GetOrAdd(size, s => new Lazy<Graph>(() => _parts.ImageEncoder(s))).Value;

    /// <inheritdoc/>
    public Graph TextEncoder() => _textEncoder.Value;

    /// <inheritdoc/>
    public TransformerLayout? Layout(Modality modality, ImageSize? size = null) =>
        modality == Modality.Text ? _parts.TextLayout : _parts.ImageLayout(size ?? Description.ImageSize);

    /// <summary>The same model with some parts replaced.</summary>
    /// <param name="change">Gets this model's parts, gives the other model's.</param>
    public GraphVisionLanguageModel With(Func<GraphModelParts, GraphModelParts> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new GraphVisionLanguageModel(change(_parts), _runner);
    }

    /// <inheritdoc/>
    public IEditableModel WithImageEncoder(Func<Graph, Graph> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return With(parts => parts with { ImageEncoder = size => edit(ImageEncoder(size)), TextEncoder = TextEncoder });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Taps(Modality modality) =>
        [.. (modality == Modality.Text ? TextEncoder() : ImageEncoder(Description.ImageSize)).Taps.Keys];

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, HostTensor>> ReadTapsAsync(
        Modality modality, HostTensor input, IReadOnlyList<string> taps, CancellationToken cancellationToken = default)
    {
        Graph encoder = modality == Modality.Text ? TextEncoder(input) : ImageEncoder(SizeOf(input));
        GraphBuilder g = encoder.Edit();
        Value[] found = [.. taps.Select(g.Find)];
        g.ClearOutputs();
        for (int i = 0; i < found.Length; i++) g.Output(taps[i], found[i]);
        return await _runner.RunAsync(
            g.Build(keepTaps: false), new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [encoder.Inputs[0].Name] = input }, cancellationToken);
    }

    /// <inheritdoc/>
    public TargetGraph Resolve(IReadOnlyList<ExplanationTarget> targets, Modality side, ImageSize? size = null, HostTensor? counterpart = null) =>
        _targets.Build(side == Modality.Text ? TextEncoder() : ImageEncoder(size ?? Description.ImageSize), side, targets, counterpart);

    /// <inheritdoc/>
    public async Task<TargetGradients> GradientsAsync(
        HostTensor pixels, IReadOnlyList<ExplanationTarget> targets, CancellationToken cancellationToken = default)
    {
        long batch = pixels.Shape[0];
        if (batch != targets.Count && batch != 1 && targets.Count != 1)
            throw new PellucidException($"{batch} images and {targets.Count} targets do not pair up: give one of either, or as many of both");
        TargetGraph target = Resolve(targets, Modality.Image, SizeOf(pixels));
        return await PixelGradients.ComputeAsync(_runner, target, pixels, targets.Count, cancellationToken: cancellationToken);
    }

    /// <summary>The text encoder for ids as long as these.</summary>
    private Graph TextEncoder(HostTensor ids)
    {
        int length = ids.Shape.Rank == 2 ? (int)ids.Shape[1] : throw new PellucidException($"token ids must be [B, L], got {ids.Shape}");
        if (_parts.TextEncoderOfLength is not { } build || length == Description.ContextLength) return TextEncoder();
        return _textEncoders.GetOrAdd(length, l => new Lazy<Graph>(() => build(l))).Value;
    }

    private static ImageSize SizeOf(HostTensor pixels) => pixels.Shape.Rank == 4
        ? new ImageSize((int)pixels.Shape[2], (int)pixels.Shape[3])
        : throw new PellucidException($"pixels must be [B, C, H, W], got {pixels.Shape}");

    /// <summary>An encoder that makes its embedding and nothing else: in the last block, one token is all that is computed.</summary>
    private Graph Served(Graph encoder, string output) => _served.Get(encoder, output, e => e.Prune(output).HoistTokenSelection());

    private async Task<HostTensor> RunAsync(Graph graph, string input, HostTensor tensor, string output, CancellationToken cancellationToken)
    {
        var feed = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [input] = tensor };
        return (await _runner.RunAsync(graph, feed, cancellationToken))[output];
    }
}
