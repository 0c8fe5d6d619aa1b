namespace Pellucid.Host.Plugins;

/// <summary>What <c>plugin.json</c> says.</summary>
public sealed record PluginManifest
{
    /// <summary>File name of manifests.</summary>
    public const string FileName = "plugin.json";

    /// <summary>Id: lower-case letters, digits, dots and dashes.</summary>
    public required string Id { get; init; }

    /// <summary>The plugin's own version.</summary>
    public required SemanticVersion Version { get; init; }

    /// <summary>One line for people; may be empty.</summary>
    public required string Summary { get; init; }

    /// <summary>Versions of the contracts it works with.</summary>
    public required ContractRange Contract { get; init; }

    /// <summary>File name of the assembly that holds its <c>IPlugin</c>.</summary>
    public required string Entry { get; init; }

    /// <summary>What it mainly is; one of <see cref="PluginCapabilities.All"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>All that it may register, of <see cref="PluginCapabilities.All"/>.</summary>
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>SPDX expression of its license.</summary>
    public required string License { get; init; }

    /// <summary>SHA-256 (lower-case hexadecimal) of each file by its path in the folder, with forward slashes.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>SHA-256 (lower-case hexadecimal) of the manifest itself: what trust is given to.</summary>
    public required string Hash { get; init; }
}
