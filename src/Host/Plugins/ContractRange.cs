using System.Diagnostics.CodeAnalysis;

namespace Pellucid.Host.Plugins;

/// <summary>
/// Versions of the contracts that a plugin was written against: comparisons that must all hold, as in <c>&gt;=1.0 &lt;2.0</c>.
/// Operators are <c>&gt;=</c>, <c>&gt;</c>, <c>&lt;=</c>, <c>&lt;</c> and <c>=</c>.
/// </summary>
public sealed class ContractRange
{
    private static readonly string[] Operators = [">=", "<=", ">", "<", "="];
    private readonly string _text;
    private readonly IReadOnlyList<(string Operator, SemanticVersion Version)> _comparisons;

    private ContractRange(string text, IReadOnlyList<(string Operator, SemanticVersion Version)> comparisons)
    {
        _text = text;
        _comparisons = comparisons;
    }

    /// <summary>Reads a range.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ContractRange? range)
    {
        range = null;
        if (text is null || text.Length > 256) return false;
        List<(string Operator, SemanticVersion Version)> comparisons = [];
        foreach (string part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string? comparison = Operators.FirstOrDefault(o => part.StartsWith(o, StringComparison.Ordinal));
            if (comparison is null) return false;
            if (!SemanticVersion.TryParse(part[comparison.Length..], out SemanticVersion? version, partial: true)) return false;
            comparisons.Add((comparison, version));
        }

        if (comparisons.Count == 0) return false;
        range = new ContractRange(text, comparisons);
        return true;
    }

    /// <summary>Whether a version lies in the range.</summary>
    public bool Contains(SemanticVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return _comparisons.All(c =>
        {
            int order = SemanticVersion.Compare(version, c.Version);
            return c.Operator switch
            {
                ">=" => order >= 0,
                ">" => order > 0,
                "<=" => order <= 0,
                "<" => order < 0,
                _ => order == 0,
            };
        });
    }

    /// <inheritdoc/>
    public override string ToString() => _text;
}
