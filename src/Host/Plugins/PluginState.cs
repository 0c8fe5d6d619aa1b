namespace Pellucid.Host.Plugins;

/// <summary>What became of a plugin.</summary>
public enum PluginState
{
    /// <summary>Loaded; what it brings can be used.</summary>
    Active,

    /// <summary>Not loaded by decision: not trusted, disabled by the user or after a crash, or its id is taken.</summary>
    Disabled,

    /// <summary>Not loaded because it was written against other versions of the contracts.</summary>
    Incompatible,

    /// <summary>Broken: its manifest or files are wrong, it lacks a dependency, or its code failed.</summary>
    Malfunctioned,
}
