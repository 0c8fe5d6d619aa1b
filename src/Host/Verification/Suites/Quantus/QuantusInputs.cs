using System.Globalization;
using System.Text.RegularExpressions;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Host.Verification.Models;
using Pellucid.Modeling.Checkpoints;
using Pellucid.Modeling.Models;

namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>Model, images, classes and explanations of the suite "quantus".</summary>
internal sealed partial class QuantusInputs
{
    private readonly Checkpoint _tensors;
    private readonly IReadOnlyList<TextInput> _texts;
    private readonly CandidateTexts _classes;
    private readonly long[] _classIds;
    private readonly HostTensor _pixels;
    private readonly Dictionary<string, HostTensor> _read = new(StringComparer.Ordinal);

    private QuantusInputs(IVisionLanguageModel model, IReadOnlyList<TextInput> texts, Checkpoint tensors, RandomizedLayers layers)
    {
        (Model, _texts, _tensors, RandomizedLayers) = (model, texts, tensors, layers);
        HostTensor features = tensors.Read("class_text_features"), ids = tensors.Read("class_ids");
        Classes = [.. Enumerable.Range(0, (int)features.Shape[0]).Select(i => new TextInput(TokensOf(i), features.Rows(i, 1).Reshape(-1)))];
        _classes = CandidateTexts.Of(Classes);
        _classIds = ids.Int64s.ToArray();
        _pixels = tensors.Read("pixel_values");
    }

    /// <summary>The model; its logits have the suite's factor on the cosine.</summary>
    public IVisionLanguageModel Model { get; }

    /// <summary>Classes.</summary>
    public IReadOnlyList<TextInput> Classes { get; }

    /// <summary>Layers that are randomized, and their new weights.</summary>
    public RandomizedLayers RandomizedLayers { get; }

    /// <summary>Number of images.</summary>
    public int Count => (int)_pixels.Shape[0];

    /// <summary>Class of an image.</summary>
    public int ClassOf(int image) => (int)_classIds[image];

    /// <summary>Loads them.</summary>
    /// <exception cref="PellucidException">Something is missing, or does not fit.</exception>
    public static async Task<QuantusInputs> LoadAsync(SuiteManifest manifest, SuiteRun run, CancellationToken cancellationToken)
    {
        string words = manifest.Text("model") ?? throw new PellucidException($"{manifest.Path} names no model");
        ReferenceModel reference = await run.Models.LoadAsync(manifest, words.Split(' ', 2)[0], cancellationToken);
        IVisionLanguageModel model = reference.Model;
        if (model is GraphVisionLanguageModel graph && LogitFactor().Match(words) is { Success: true } factor)
            model = graph.With(p => p with { Fusion = new CosineFusion(float.Parse(factor.Groups["tau"].ValueSpan, CultureInfo.InvariantCulture)) });
        return new QuantusInputs(model, reference.Texts, manifest.Tensors("inputs.safetensors"), RandomizedLayers.Of(manifest));
    }

    /// <summary>A tensor of the suite.</summary>
    /// <exception cref="PellucidException">There is none of that name.</exception>
    public HostTensor Tensor(string name) => _read.TryGetValue(name, out HostTensor? known) ? known : _read[name] = _tensors.Read(name);

    /// <summary>A stored draw of a case.</summary>
    /// <exception cref="PellucidException">The case has none of that name.</exception>
    public HostTensor Draw(ManifestCase c, string name) =>
        Tensor(c.Draws.GetValueOrDefault(name) ?? throw new PellucidException($"the case '{c.Id}' has no draw '{name}'"));

    /// <summary>The items of a case, one an image.</summary>
    public IReadOnlyList<MeasuredItem> Items(ManifestCase c, MetricCase known) => [.. Enumerable.Range(0, Count).Select(i =>
    {
        MeasuredItem item = Item(c, known, i);
        return known.Adjust is null ? item : known.Adjust(this, i, item);
    })];

    private MeasuredItem Item(ManifestCase c, MetricCase known, int index)
    {
        ImageInput image = known.From8Bit ? Prepared(index) : ReferenceModel.Image(_pixels.Rows(index, 1), $"image {index}");
        if (known.OfTexts) return TextItem(c, image, index);
        int target = ClassOf(index);
        return new MeasuredItem
        {
            Name = image.Name,
            Image = image,
            Target = new MatchingScoreTarget(Classes[target], ScoreKind.Logit),
            Map = MapOf(c, index),
            Masks = known.Masks is { } masks ? [MaskOf(Tensor(masks), index)] : [],
            Candidates = _classes,
            CandidateIndex = target,
        };
    }

    /// <summary>The text of an image's number; each content token is a word.</summary>
    private MeasuredItem TextItem(ManifestCase c, ImageInput image, int index)
    {
        if (index >= _texts.Count) throw new PellucidException($"there is no text {index}: the suite's model has {_texts.Count}");
        TextInput text = _texts[index];
        float[] importances = Tensor(c.Attribution ?? "text_importance").Rows(index, 1).Floats.ToArray();
        TokenizedText tokens = text.Tokens with { Words = [.. Enumerable.Range(1, text.Tokens.Length - 2).Select(p => new TextWord($"token {p}", p, 1))] };
        return new MeasuredItem
        {
            Name = image.Name,
            Image = image,
            Target = new MatchingScoreTarget(text, ScoreKind.Logit),
            Words = new TokenAttribution { Tokens = tokens, Importances = importances[1..(text.Tokens.Length - 1)], Signed = importances },
        };
    }

    private HostTensor? MapOf(ManifestCase c, int index)
    {
        string? name = c.Attribution is null ? null : _tensors.Weights.ContainsKey("attr." + c.Attribution) ? "attr." + c.Attribution : c.Attribution;
        if (name is null || !_tensors.Weights.ContainsKey(name)) throw new PellucidException($"the suite has no explanation '{c.Attribution}'");
        HostTensor map = Tensor(name).Rows(index, 1);
        return map.Shape.Rank == 3 ? map.Reshape([.. map.Shape.Skip(1)]) : null;
    }

    private ImageInput Prepared(int index)
    {
        HostTensor image = Tensor("images_u8");
        var decoded = new DecodedImage((int)image.Shape[2], (int)image.Shape[1], PixelMode.Rgb, image.Rows(index, 1).Bytes.ToArray());
        return Model.Prepare(decoded) with { Name = $"image {index}" };
    }

    private static RegionMask MaskOf(HostTensor masks, int index)
    {
        HostTensor mask = masks.Rows(index, 1);
        return new RegionMask([.. mask.ToFloat32().Floats.ToArray().Select(v => v > 0)], new TensorShape([.. mask.Shape.Skip(mask.Shape.Rank - 2)]));
    }

    private static TokenizedText TokensOf(int index) => new($"class {index}", [], 0, [], [], Truncated: false, 0);

    [GeneratedRegex(@"logits = (?<tau>[0-9.]+)\*cos", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LogitFactor();
}
