namespace Pellucid.Abstractions.Plugins;

/// <summary>Version of the contracts in this assembly. A manifest states the range that a plugin was written against.</summary>
public static class ContractVersion
{
    /// <summary>Semantic version; the major part changes when a plugin must be recompiled.</summary>
    public const string Current = "1.0.0";
}
