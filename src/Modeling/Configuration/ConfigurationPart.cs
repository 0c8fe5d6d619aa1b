using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Configuration;

/// <summary>
/// An object of a configuration, which names its values by keys. A null counts as missing. A value of another kind than asked for is the
/// user's error, told with the file and the key.
/// </summary>
public sealed class ConfigurationPart
{
    private readonly JsonElement? _json;
    private readonly string _path;

    internal ConfigurationPart(JsonElement? json, string path) => (_json, _path) = (json, path);

    /// <summary>Whether the file has it; one that it does not have has no values.</summary>
    public bool Exists => _json is not null;

    /// <summary>An error in a value.</summary>
    /// <param name="key">The value's key.</param>
    /// <param name="what">What is wrong, as "is -1; ...".</param>
    public PellucidException Error(string key, string what) => new($"{_path}: {key} {what}");

    /// <summary>An object in it; one that does not exist where it is missing.</summary>
    /// <exception cref="PellucidException">It is no object.</exception>
    public ConfigurationPart Part(string key) => Find(key) switch
    {
        null => new ConfigurationPart(null, _path),
        { ValueKind: JsonValueKind.Object } part => new ConfigurationPart(part, _path),
        _ => throw Error(key, "is no object"),
    };

    /// <summary>A text; null where it is missing.</summary>
    /// <exception cref="PellucidException">It is no text.</exception>
    public string? Text(string key)
    {
        if (Find(key) is not { } text) return null;
        try
        {
            if (text.ValueKind == JsonValueKind.String) return text.GetString();
        }
        catch (InvalidOperationException)
        {
            // Bytes inside a text are not looked at before the text is asked for.
        }

        throw Error(key, "is no text");
    }

    /// <summary>A switch; null where it is missing.</summary>
    /// <exception cref="PellucidException">It is neither true nor false.</exception>
    public bool? Flag(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Error(key, "is neither true nor false"),
    };

    /// <summary>A number; null where it is missing.</summary>
    /// <exception cref="PellucidException">It is no number.</exception>
    public double? Number(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        _ => throw Error(key, "is no number"),
    };

    /// <summary>A whole number; null where it is missing.</summary>
    /// <exception cref="PellucidException">It is no whole number of 32 bits.</exception>
    public int? Integer(string key) => Find(key) is { } number ? Integer(number, key) : null;

    /// <summary>Whole numbers; null where they are missing.</summary>
    /// <exception cref="PellucidException">They are no list of whole numbers.</exception>
    public int[]? Integers(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(n => Integer(n, key))],
        _ => throw Error(key, "is no list of whole numbers"),
    };

    /// <summary>A size that makes a model.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="fallback">Where it is missing.</param>
    /// <param name="largest">More makes no model.</param>
    /// <exception cref="PellucidException">It is no whole number from 1 to the largest.</exception>
    public int Size(string key, int fallback, int largest)
    {
        int value = Integer(key) ?? fallback;
        return value > 0 && value <= largest ? value : throw Error(key, $"is {value}, which makes no model (1 to {largest} is allowed)");
    }

    /// <summary>The small number by which a norm stays above 0.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="fallback">Where it is missing.</param>
    /// <exception cref="PellucidException">It is no number above 0 and below 1.</exception>
    public float Epsilon(string key, float fallback)
    {
        float value = (float?)Number(key) ?? fallback;
        return value is > 0 and < 1 ? value : throw Error(key, $"is {value}, which makes no model (above 0 and below 1 is allowed)");
    }

    /// <summary>A value of any kind; null where it is missing.</summary>
    internal JsonElement? Find(string key) => _json is { } json && json.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A whole number that belongs to a key.</summary>
    internal int Integer(JsonElement number, string key) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int value) ? value : throw Error(key, "is no whole number");
}
