using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>
/// Layers of an image encoder with random weights: normal, with mean and deviation of the tensor that they replace. All else, the text side too, is the model's own; a randomized tensor is made once
/// and shared by all models that have it. Draws: <c>weight:name</c> for the weights of a layer, which are used instead.
/// </summary>
internal sealed class LayerRandomization
{
    /// <summary>What the names of draws start with.</summary>
    public const string Draw = "weight:";

    private readonly IEditableModel _model;
    private readonly ulong _seed;
    private readonly IReadOnlyDictionary<string, HostTensor> _draws;
    private readonly Dictionary<string, Weight> _made = new(StringComparer.Ordinal);

    /// <summary>Finds the layers.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">Size of its images.</param>
    /// <param name="options">Which layers, and the seed.</param>
    /// <param name="draws">Draws to replay; null for none.</param>
    /// <exception cref="PellucidException">A layer does not exist.</exception>
    public LayerRandomization(IEditableModel model, ImageSize size, LayerOptions options, IReadOnlyDictionary<string, HostTensor>? draws)
    {
        (_model, _seed, _draws) = (model, (ulong)options.WeightSeed, draws ?? new Dictionary<string, HostTensor>(StringComparer.Ordinal));
        Graph encoder = model.ImageEncoder(size);
        string[] all = [.. encoder.Nodes.SelectMany(n => n.Inputs).Where(w => IsLearned(encoder, w)).Select(LayerOf).Distinct(StringComparer.Ordinal)];
        foreach (string layer in options.Layers)
        {
            if (!all.Contains(layer, StringComparer.Ordinal)) throw new PellucidException($"the image encoder has no layer '{layer}' with weights{NearestNames.Suffix(layer, all)}");
        }

        Layers = options.Layers.Count > 0 ? options.Layers : all;
    }

    /// <summary>Names of the layers, from the input to the output.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>The model with some layers randomized.</summary>
    public IEditableModel With(IReadOnlyCollection<string> layers) => _model.WithImageEncoder(encoder =>
    {
        GraphBuilder g = encoder.Edit();
        foreach ((string name, Weight weight) in encoder.Weights.OrderBy(w => w.Key, StringComparer.Ordinal))
        {
            if (IsLearned(encoder, name) && layers.Contains(LayerOf(name))) g.SetWeight(name, Randomized(name, weight));
        }

        return g.Build();
    });

    private static string LayerOf(string weight)
    {
        int dot = weight.LastIndexOf('.');
        return dot > 0 && weight[dot..] is ".weight" or ".bias" ? weight[..dot] : weight;
    }

    /// <summary>Constants of the computation are no weights: numbers, and what the builder of graphs named.</summary>
    private static bool IsLearned(Graph encoder, string value) =>
        encoder.Weights.TryGetValue(value, out Weight? weight) && weight.Type.Element == ElementType.Float32 && weight.Shape.ElementCount() > 1 && !value.StartsWith("const_", StringComparison.Ordinal);

    private Weight Randomized(string name, Weight old)
    {
        if (_made.TryGetValue(name, out Weight? made)) return made;
        if (_draws.TryGetValue(Draw + name, out HostTensor? stored))
        {
            if (stored.Length != old.Shape.ElementCount()) throw new PellucidException($"the weights to replay for '{name}' are {stored.Shape}, those of the model {old.Shape}");
            return _made[name] = new InlineWeight(HostTensor.Of(stored.Floats.ToArray(), old.Shape));
        }

        if (_draws.Keys.Any(k => k.StartsWith(Draw, StringComparison.Ordinal))) throw new PellucidException($"there are weights to replay, but none for '{name}'");
        float[] values = old.Read().Floats.ToArray();
        double mean = values.Average(v => (double)v), deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        // A source of its own for each weight: the same whatever else is randomized.
        SeededRandom random = SeededRandom.Fork(_seed, name.Aggregate(14695981039346656037UL, (hash, c) => unchecked((hash ^ c) * 1099511628211UL)));
        for (int i = 0; i < values.Length; i++) values[i] = (float)(mean + (deviation * random.NextNormal()));
        return _made[name] = new InlineWeight(HostTensor.Of(values, old.Shape));
    }
}
