using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>Parameters of a case. What nobody reads, or what has a value that nobody knows, makes the case one that is not implemented.</summary>
/// <param name="c">The case.</param>
internal sealed partial class MetricParameters(ManifestCase c)
{
    // Said of all cases; they change nothing.
    private readonly HashSet<string> _read = new(StringComparer.Ordinal) { "normalise_func_kwargs", "batch_size" };
    private string? _fault;

    /// <summary>Why the case is not implemented, or null where all parameters are known. Ask it after reading.</summary>
    public string? Unknown => _fault ?? c.Params.Keys.Where(k => !_read.Contains(k)).Order(StringComparer.Ordinal)
        .Select(k => $"the parameter {k}={c.Params[k].GetRawText()} is not known").FirstOrDefault();

    /// <summary>Whether a parameter is there.</summary>
    public bool Has(string name) => c.Params.ContainsKey(name);

    /// <summary>A number; <paramref name="otherwise"/> where it is not given.</summary>
    public double Number(string name, double otherwise) => Find(name) is not { } value ? otherwise
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble() : Refuse(name, otherwise);

    /// <summary>A number in the grammar of options.</summary>
    public string Text(string name, double otherwise) => Number(name, otherwise).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A flag; null counts as false.</summary>
    public bool Flag(string name, bool otherwise = false) => Find(name) is not { } value ? otherwise : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null => false,
        _ => Refuse(name, otherwise),
    };

    /// <summary>A word; null where it is not given.</summary>
    public string? Word(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>Numbers of a list.</summary>
    public double[] Numbers(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Array } value && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Number)
            ? [.. value.EnumerateArray().Select(v => v.GetDouble())]
            : Refuse(name, Array.Empty<double>());

    /// <summary>Words of a list; none where it is not given.</summary>
    public string[] Words(string name) => Find(name) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray().Select(v => v.ToString())] : [];

    /// <summary>A word that must be one of those known.</summary>
    public void Expect(string name, params string[] known)
    {
        if (Find(name) is not { } value) return;
        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (!known.Contains(text, StringComparer.Ordinal)) Refuse(name, false);
    }

    /// <summary>Parameters that say in words what the definition says, or have no influence.</summary>
    public void Ignore(params string[] names) => _read.UnionWith(names);

    /// <summary><c>abs</c>, as an option.</summary>
    public string Abs() => $"abs={(Flag("abs") ? "true" : "false")}";

    /// <summary><c>softmax</c>: probability or logit, as an option.</summary>
    public string Score() => $"score={(Flag("softmax") ? "probability" : "logit")}";

    /// <summary><c>normalise</c>, as an option.</summary>
    public string Normalize()
    {
        Expect("normalise_func", "normalise_by_max");
        return $"normalize={(Flag("normalise") ? "batch-max" : "none")}";
    }

    /// <summary>Reads <c>normalise</c> where it cannot change the score.</summary>
    public void NormalizationIsIdle() => Ignore("normalise", "normalise_func");

    /// <summary>The baseline of <c>perturb_func</c>, as an option.</summary>
    public string Fill()
    {
        string? text = Word("perturb_func");
        string baseline = text is null ? "'black'" : Baseline().Match(text).Groups["value"].Value;
        string? fill = baseline switch
        {
            "'black'" => "image-minimum",
            "'white'" => "image-maximum",
            "'mean'" => "drifting-mean",
            "'uniform'" => "uniform-scalar",
            "0.0" or "0" => "zero",
            _ => null,
        };
        return "fill=" + (fill ?? Refuse("perturb_func", "zero"));
    }

    /// <summary>The shift of a function that shifts.</summary>
    public string ShiftOf(string name) => Word(name) is { } text && Shift().Match(text) is { Success: true } match ? match.Groups["value"].Value : Refuse(name, "0");

    /// <summary>The noise of a function that imputes.</summary>
    public string NoiseOf(string name) => Word(name) is { } text && Noise().Match(text) is { Success: true } match ? match.Groups["value"].Value : Refuse(name, "0");

    /// <summary>Says that a value is not known.</summary>
    public T Refuse<T>(string name, T otherwise)
    {
        _fault ??= $"the parameter {name}={(c.Params.TryGetValue(name, out JsonElement value) ? value.GetRawText() : "?")} is not known";
        return otherwise;
    }

    private JsonElement? Find(string name)
    {
        _read.Add(name);
        return c.Params.TryGetValue(name, out JsonElement value) ? value : null;
    }

    [GeneratedRegex(@"'input_shift': (?<value>-?[0-9.]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shift();

    [GeneratedRegex(@"^(nli|noisy_linear_imputation)\{'noise': (?<value>[0-9.]+)\}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Noise();

    [GeneratedRegex(@"'perturb_baseline': (?<value>'[a-z]+'|[0-9.]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Baseline();
}
