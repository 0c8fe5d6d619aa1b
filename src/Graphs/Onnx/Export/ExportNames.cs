namespace Pellucid.Graphs.Onnx.Export;

/// <summary>
/// Names of values in the written model. Inputs keep theirs, a computed value that is an output takes the output's
/// name, and values that would collide with either get another one.
/// </summary>
internal sealed class ExportNames
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public ExportNames(Graph graph)
    {
        var computed = graph.Nodes.SelectMany(n => n.Outputs).Where(o => o.Length > 0).ToHashSet(StringComparer.Ordinal);
        foreach (Value input in graph.Inputs)
        {
            _names[input.Name] = input.Name;
            _taken.Add(input.Name);
        }

        var copies = new List<GraphOutput>();
        foreach (GraphOutput output in graph.Outputs)
        {
            if (!_taken.Add(output.Name)) throw new GraphException($"graph '{graph.Name}': '{output.Name}' is the name of an input and of an output; rename the output");
            if (!computed.Contains(output.Value) || !_names.TryAdd(output.Value, output.Name)) copies.Add(output);
        }

        Copies = copies;
    }

    /// <summary>Outputs that need an Identity: a copy of an input or weight, or a second name of one value.</summary>
    public IReadOnlyList<GraphOutput> Copies { get; }

    /// <summary>The written name of a value; an absent (empty) one stays absent.</summary>
    public string Of(string value)
    {
        if (value.Length == 0) return value;
        if (_names.TryGetValue(value, out string? name)) return name;
        name = value;
        for (int i = 1; !_taken.Add(name); i++) name = $"{value}.{i}";
        return _names[value] = name;
    }
}
