namespace Pellucid.Abstractions.Plugins;

/// <summary>
/// On an option of a pooled metric that decides what its pool makes of the items, and nothing of what is kept of an item: metrics that differ in such options alone
/// share what was measured, so that the second costs no run of the model.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PoolOptionAttribute : Attribute;
