using System.Reflection;
using System.Security.Cryptography;
using Pellucid.Abstractions.Plugins;
using Pellucid.Graphs;
using Pellucid.Host.Options;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>
/// An explainer or a metric as one text that changes whenever its numbers could: all options with their values, also those left at their
/// defaults, the content of the files that they name, and version and content of the plugins that bring it and the explainers nested in it.
/// </summary>
internal static class PartIdentity
{
    public static string Of(PartConfiguration configuration) => Of(configuration, configuration.FullText);

    /// <summary>What decides the numbers that a metric keeps of an item: options of its pool are not in it.</summary>
    public static string OfItems(MetricConfiguration configuration) => Of(configuration, configuration.ItemText);

    private static string Of(PartConfiguration configuration, string text)
    {
        PartConfiguration[] parts = [.. Parts(configuration)];
        IEnumerable<string> plugins = parts.Select(p => CodeIdentity.Of(p.Plugin.Manifest)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        string[] files = [.. parts.SelectMany(Files).Distinct(StringComparer.Ordinal)];
        return $"{text} by {string.Join(", ", plugins)}{(files.Length == 0 ? string.Empty : " with " + string.Join(", ", files))}";
    }

    private static IEnumerable<PartConfiguration> Parts(PartConfiguration configuration) =>
        configuration.Options.Values.SelectMany(v => Several(v.Value)).OfType<PartConfiguration>().SelectMany(Parts).Prepend(configuration);

    private static IEnumerable<string> Files(PartConfiguration configuration) => configuration.Options.Values
        .Where(v => v.Option.Property.GetCustomAttribute<FileOptionAttribute>() is not null)
        .SelectMany(v => Several(v.Value)).OfType<string>().Select(Content).OfType<string>();

    private static IEnumerable<object?> Several(object? value) => value is object[] several ? several : (IEnumerable<object?>)[value];

    /// <summary>Hash of a file, or of names and hashes of all files of a folder; null for a text that is neither.</summary>
    private static string? Content(string path)
    {
        try
        {
            if (File.Exists(path)) return Hash(path);
            return Directory.Exists(path)
                ? $"[{string.Join(' ', Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).Select(f => $"{Path.GetFileName(f)}:{Hash(f)}"))}]"
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static string Hash(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
