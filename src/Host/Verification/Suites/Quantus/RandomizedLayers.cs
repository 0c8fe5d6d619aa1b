using System.Text.Json;
using System.Text.RegularExpressions;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>Layers that the suite randomizes, under this program's names, and the weights that it puts in.</summary>
internal sealed partial class RandomizedLayers
{
    private readonly IReadOnlyDictionary<string, string> _weights;

    private RandomizedLayers(IReadOnlyList<string> layers, IReadOnlyDictionary<string, string> weights) => (Layers, _weights) = (layers, weights);

    /// <summary>The layers from the input to the output.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>Reads them from a manifest.</summary>
    public static RandomizedLayers Of(SuiteManifest manifest) => new(
        [.. manifest.Texts("mprt_layers_bottom_up").Select(Name)],
        manifest.Root.TryGetProperty("mprt_weights", out JsonElement weights) && weights.ValueKind == JsonValueKind.Object
            ? weights.EnumerateObject().Where(w => w.Value.ValueKind == JsonValueKind.String).ToDictionary(w => Name(w.Name), w => w.Value.GetString()!, StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Weights as draws.</summary>
    /// <param name="read">Reads a tensor of the suite.</param>
    public IEnumerable<(string Name, HostTensor Values)> Draws(Func<string, HostTensor> read) => _weights.Select(w => ("weight:" + w.Key, read(w.Value)));

    /// <summary>This program's name of a layer or weight of OpenAI's image encoder.</summary>
    public static string Name(string theirs) => Block().Replace(theirs, "vision.blocks.${number}")
        .Replace("visual.conv1", "vision.patch_embedding", StringComparison.Ordinal)
        .Replace("visual.", "vision.", StringComparison.Ordinal)
        .Replace(".mlp.c_fc", ".mlp.expand", StringComparison.Ordinal)
        .Replace(".mlp.c_proj", ".mlp.contract", StringComparison.Ordinal);

    [GeneratedRegex(@"^visual\.transformer\.resblocks\.(?<number>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}
