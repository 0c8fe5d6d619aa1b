using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Pellucid.Host.Experiments.Files;

/// <summary>Collects all that is wrong with an experiment, and knows where each field stands in its file.</summary>
public sealed class ExperimentProblems
{
    private readonly Dictionary<string, YamlNode> _fields = new(StringComparer.Ordinal);
    private readonly List<ExperimentProblem> _found = [];
    private readonly string _file;

    /// <summary>Makes an empty collection.</summary>
    /// <param name="file">The file as the user named it, or what stands for it.</param>
    public ExperimentProblems(string file) => _file = file;

    /// <summary>Whether nothing is wrong so far.</summary>
    public bool None => _found.Count == 0;

    /// <summary>Adds a problem of a field.</summary>
    /// <param name="field">Path of the field, such as <c>explainers[1]</c>.</param>
    /// <param name="problem">What is wrong and what to do.</param>
    /// <param name="offset">Characters between the beginning of the field's text and the place that is wrong.</param>
    public void Add(string field, string problem, int offset = 0)
    {
        // A field that is missing is told of at the nearest one around it.
        string around = field;
        while (around.Length > 0 && !_fields.ContainsKey(around)) around = around[..Math.Max(0, around.LastIndexOfAny(['.', '[']))];
        if (_fields.TryGetValue(around, out YamlNode? node)) Add(node, problem, around == field ? offset : 0, field);
        else _found.Add(new ExperimentProblem(_file, 0, 0, field, problem));
    }

    /// <summary>Throws what was found, in the order of the file.</summary>
    /// <exception cref="ExperimentException">Something is wrong.</exception>
    public void ThrowIfAny()
    {
        if (_found.Count > 0) throw new ExperimentException([.. _found.OrderBy(p => p.Line).ThenBy(p => p.Column).Distinct()]);
    }

    internal void Note(string field, YamlNode node) => _fields[field] = node;

    internal void Add(YamlNode node, string problem, int offset = 0, string field = "")
    {
        // Inside a text of several lines an offset would point at nothing.
        bool inline = node is YamlScalarNode && node.Start.Line == node.End.Line;
        int quote = node is YamlScalarNode { Style: ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted } && offset > 0 ? 1 : 0;
        Add(node.Start, problem, inline ? offset + quote : 0, field);
    }

    internal void Add(Mark mark, string problem, int offset = 0, string field = "") =>
        _found.Add(new ExperimentProblem(_file, (int)mark.Line, (int)mark.Column + offset, field, problem));
}
