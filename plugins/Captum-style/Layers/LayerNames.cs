using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>
/// From what a user calls a layer to a value of the graph: a tap, the name of a value, or a module path as PyTorch's exporter writes it
/// into value names (<c>layer4.0.conv2</c> is what <c>/layer4/layer4.0/conv2/Conv_output_0</c> belongs to), whose last value is the module's output.
/// </summary>
internal static class LayerNames
{
    /// <summary>The name that leaves the choice to the method.</summary>
    public const string Auto = "auto";

    /// <summary>Tap of the last tokens of a Swin transformer, which are averaged.</summary>
    private const string PooledTokens = "vision.layernorm";

    /// <summary>After a module path: what the module reads.</summary>
    private const string InputSuffix = ".input";

    /// <summary>What keeps a convolution's output the output of the same layer.</summary>
    private static readonly HashSet<string> Pointwise = new(StringComparer.Ordinal)
    {
        "BatchNormalization", "InstanceNormalization", "GroupNormalization", "Relu", "LeakyRelu", "PRelu", "Gelu", "Sigmoid", "HardSwish", "HardSigmoid", "Clip", "Elu", "Add", "Mul",
    };

    private static readonly DerivedGraphs<string, Dictionary<string, string>> ModulesOfGraphs = new();

    /// <summary>Finds a layer.</summary>
    /// <param name="graph">The encoder, with or without targets.</param>
    /// <param name="name">What the user wrote.</param>
    /// <param name="layout">Layout of a transformer; null where it is none.</param>
    /// <param name="model">Id of the model, for messages.</param>
    /// <returns>Name of the value.</returns>
    /// <exception cref="PellucidException">There is no such layer, or no default one.</exception>
    public static string Find(Graph graph, string name, TransformerLayout? layout, string model)
    {
        string value = string.Equals(name, Auto, StringComparison.OrdinalIgnoreCase) ? Default(graph, layout, model) : Named(graph, name, model);
        if (graph.Weights.ContainsKey(value)) throw new PellucidException($"'{name}' is a weight of model '{model}', no layer that an image goes through");
        if (graph.Types[value].Element != ElementType.Float32) throw new PellucidException($"layer '{name}' of model '{model}' is {graph.Types[value]}; only a float32 value can be attributed to");
        return value;
    }

    /// <summary>Finds a layer that targets depend on, so that there is a gradient.</summary>
    /// <exception cref="PellucidException">There is no such layer, or the targets come before it.</exception>
    public static string FindBefore(TargetGraph target, string name, TransformerLayout? layout, string model, string targets)
    {
        string value = Find(target.Graph, name, layout, model);
        HashSet<string> needed = [target.Graph.Find(target.Embedding).Name];
        foreach (Node node in target.Graph.Nodes.Reverse())
        {
            if (node.Outputs.Any(needed.Contains)) needed.UnionWith(node.Inputs);
        }

        if (needed.Contains(value)) return value;
        string shown = target.Graph.Taps.Where(t => t.Value == value).Select(t => t.Key).Order(StringComparer.Ordinal).FirstOrDefault(value);
        throw new PellucidException($"{targets} does not depend on layer '{shown}' of model '{model}', so nothing can be attributed to it: name an earlier layer, layer=NAME");
    }

    private static string Named(Graph graph, string name, string model)
    {
        if (graph.Taps.TryGetValue(name, out string? tapped)) return tapped;
        if (graph.Types.ContainsKey(name)) return name;
        Dictionary<string, string> modules = ModulesOfGraphs.Get(graph, string.Empty, Modules);
        if (modules.TryGetValue(name, out string? module)) return module;
        return name.EndsWith(InputSuffix, StringComparison.Ordinal) && modules.ContainsKey(name[..^InputSuffix.Length])
            ? InputOf(graph, name[..^InputSuffix.Length], model)
            : throw new PellucidException($"model '{model}' has no layer '{name}'{NearestNames.Suffix(name, graph.Taps.Keys.Concat(modules.Keys))}");
    }

    /// <summary>
    /// What the last attention reads: behind it, patches reach the class token through that attention alone. Its normalized form, where the model names it: a layer norm does not see the
    /// length and the mean of its input, so that the gradient before it, times the activation or alone, sums to 0 over the channels but for rounding. Of a Swin transformer, which
    /// has no class token, the tokens that are averaged. Else the last feature map.
    /// </summary>
    private static string Default(Graph graph, TransformerLayout? layout, string model)
    {
        if (layout is not null)
            return graph.Taps.GetValueOrDefault(layout.Tap(layout.Blocks - 1, "ln_1")) ?? graph.Find(layout.Tap(layout.Blocks - 1, "input")).Name;
        Node[] convolutions = [.. graph.Nodes.Where(n => n.QualifiedOp is "Conv" && IsFeatureMap(graph.Types[n.Outputs[0]]))];
        if (convolutions.Length < 2)
        {
            if (graph.Taps.TryGetValue(PooledTokens, out string? tokens)) return tokens;
            throw new PellucidException(
                $"model '{model}' has no layer that suggests itself: it has {convolutions.Length} convolutions and no known transformer; name one, layer=NAME{NearestNames.Suffix("layer", graph.Taps.Keys)}");
        }

        string value = convolutions[^1].Outputs[0];
        foreach (Node node in graph.Nodes)
        {
            if (Pointwise.Contains(node.QualifiedOp) && node.Inputs.Contains(value) && Equals(graph.Types[node.Outputs[0]].Shape, graph.Types[value].Shape)) value = node.Outputs[0];
        }

        return value;
    }

    private static bool IsFeatureMap(TensorType type) => type.Shape is { Rank: 4 } shape && (shape[2] != 1 || shape[3] != 1);

    /// <summary>Every module path of the graph with the last value made in it.</summary>
    private static Dictionary<string, string> Modules(Graph graph)
    {
        var modules = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string value in graph.Nodes.SelectMany(n => n.Outputs))
        {
            string[] parts = Path(value).Split('.', StringSplitOptions.RemoveEmptyEntries);
            for (int n = 1; n <= parts.Length; n++) modules[string.Join('.', parts[..n])] = value;
        }

        return modules;
    }

    /// <summary>Path of the module that a value is made in; empty where its name tells none.</summary>
    private static string Path(string value)
    {
        if (!value.StartsWith('/')) return string.Empty;
        List<string> path = [];
        foreach (string scope in value.Split('/', StringSplitOptions.RemoveEmptyEntries)[..^1])
        {
            // A child of a sequence carries the name of the sequence: layer4, layer4.0.
            if (path.Count > 0 && scope.StartsWith(path[^1] + ".", StringComparison.Ordinal)) path[^1] = scope;
            else path.Add(scope);
        }

        return string.Join('.', path);
    }

    /// <summary>The one value that a module reads and that is made elsewhere.</summary>
    private static string InputOf(Graph graph, string module, string model)
    {
        Node[] inside = [.. graph.Nodes.Where(n => n.Outputs.Any(o => $"{Path(o)}.".StartsWith(module + ".", StringComparison.Ordinal)))];
        HashSet<string> made = [.. inside.SelectMany(n => n.Outputs)];
        string[] read = [.. inside.SelectMany(n => n.Inputs).Where(v => v.Length > 0 && !made.Contains(v) && !graph.Weights.ContainsKey(v)).Distinct(StringComparer.Ordinal)];
        return read is [string only]
            ? only
            : throw new PellucidException($"module '{module}' of model '{model}' reads {read.Length} values ({string.Join(", ", read)}); name the one that is meant");
    }
}
