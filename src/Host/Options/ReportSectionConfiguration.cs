using Pellucid.Abstractions.Plugins;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Options;

/// <summary>A section of reports with checked options, not made yet.</summary>
public sealed class ReportSectionConfiguration : PartConfiguration
{
    internal ReportSectionConfiguration(ReportSectionRegistration registration, PluginInfo plugin, BoundOptions options)
        : base(plugin, options) => Registration = registration;

    /// <summary>The section.</summary>
    public ReportSectionRegistration Registration { get; }
}
