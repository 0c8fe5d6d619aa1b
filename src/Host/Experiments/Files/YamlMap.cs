using System.Globalization;
using Pellucid.Graphs;
using Pellucid.Host.Options;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Pellucid.Host.Experiments.Files;

/// <summary>A mapping whose keys are known; what is wrong in it goes to the collection, and reading goes on.</summary>
internal sealed class YamlMap
{
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);
    private readonly ExperimentProblems _problems;
    private readonly YamlNode _node;
    private readonly string _path;

    public YamlMap(YamlMappingNode node, string path, ExperimentProblems problems, params string[] keys)
    {
        _node = node;
        _path = path;
        _problems = problems;
        problems.Note(path, node);
        foreach ((YamlNode key, YamlNode value) in node.Children)
        {
            string name = (key as YamlScalarNode)?.Value ?? string.Empty;
            if (!keys.Contains(name, StringComparer.Ordinal))
            {
                problems.Add(key, $"there is no key '{name}'{(path.Length > 0 ? $" in {path}" : string.Empty)}; known: {string.Join(", ", keys)}{NearestNames.Suffix(name, keys)}");
                continue;
            }

            _values[name] = value;
            problems.Note(Path(name), value);
        }
    }

    public string Path(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    public bool Has(string key) => _values.ContainsKey(key);

    public YamlNode? Node(string key) => _values.GetValueOrDefault(key);

    public void Wrong(string key, string problem) => _problems.Add(_values.GetValueOrDefault(key) ?? _node, problem);

    public bool Require(string key, string what)
    {
        if (Has(key)) return true;
        _problems.Add(_node, $"'{Path(key)}' is missing: {what}");
        return false;
    }

    public string? Text(string key)
    {
        if (Node(key) is not { } node) return null;
        return TextOf(node, Path(key));
    }

    public long? Whole(string key, long least, long most)
    {
        if (Node(key) is not { } node) return null;
        if (node is YamlScalarNode { Value: { } text } && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most) return number;
        Wrong(key, $"{Path(key)} takes a whole number from {least} to {most}, not {Shown(node)}");
        return null;
    }

    public ulong? Seed(string key)
    {
        if (Node(key) is not { } node) return null;
        if (node is YamlScalarNode { Value: { } text } && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)) return number;
        Wrong(key, $"{Path(key)} takes a whole number from 0 to {ulong.MaxValue}, not {Shown(node)}");
        return null;
    }

    /// <summary>A choice by the kebab-case names of an enumeration.</summary>
    public T Choice<T>(string key, T otherwise)
        where T : struct, Enum
    {
        if (Node(key) is not { } node) return otherwise;
        string[] names = [.. Enum.GetNames<T>().Select(OptionNames.ToKebab)];
        if (node is YamlScalarNode { Value: { } text })
        {
            int index = Array.IndexOf(names, text);
            if (index >= 0) return Enum.GetValues<T>()[index];
            Wrong(key, $"{Path(key)} takes one of {string.Join(", ", names)}, not '{text}'{NearestNames.Suffix(text, names)}");
            return otherwise;
        }

        Wrong(key, $"{Path(key)} takes one of {string.Join(", ", names)}, not {Shown(node)}");
        return otherwise;
    }

    /// <summary>A list of texts; one text alone counts as a list of it.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        if (Node(key) is not { } node) return [];
        if (node is YamlScalarNode) return TextOf(node, Path(key)) is { } one ? [one] : [];
        List<string> texts = [];
        foreach ((YamlNode item, string path) in Items(key))
        {
            if (TextOf(item, path) is { } text) texts.Add(text);
        }

        return texts;
    }

    public IReadOnlyList<int> Wholes(string key, int least)
    {
        List<int> numbers = [];
        foreach ((YamlNode item, string path) in Items(key))
        {
            if (item is YamlScalarNode { Value: { } text } && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least) numbers.Add(number);
            else _problems.Add(item, $"{path} takes a whole number from {least} on, not {Shown(item)}");
        }

        return numbers;
    }

    /// <summary>The entries of a list with their paths; one value alone counts as a list of it.</summary>
    public IEnumerable<(YamlNode Node, string Path)> Items(string key)
    {
        if (Node(key) is not { } node) yield break;
        if (node is not YamlSequenceNode sequence)
        {
            yield return (node, Path(key));
            yield break;
        }

        if (sequence.Children.Count == 0) Wrong(key, $"{Path(key)} is an empty list: leave the key out, or give it something");
        for (int i = 0; i < sequence.Children.Count; i++)
        {
            string path = $"{Path(key)}[{i}]";
            _problems.Note(path, sequence.Children[i]);
            yield return (sequence.Children[i], path);
        }
    }

    public static string Shown(YamlNode node) => node switch
    {
        YamlScalarNode { Value: null or "" } => "nothing",
        YamlScalarNode scalar => $"'{scalar.Value}'",
        YamlSequenceNode => "a list",
        _ => "a mapping",
    };

    private string? TextOf(YamlNode node, string path)
    {
        if (node is YamlScalarNode scalar && (scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted || scalar.Value is not (null or "" or "~" or "null")))
        {
            if (!string.IsNullOrWhiteSpace(scalar.Value)) return scalar.Value;
            _problems.Add(node, $"{path} is empty: give it a text");
            return null;
        }

        string hint = node is YamlMappingNode ? " (a text with ': ' or '{' in it needs quotes)" : string.Empty;
        _problems.Add(node, $"{path} takes a text, not {Shown(node)}{hint}");
        return null;
    }
}
