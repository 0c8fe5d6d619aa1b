namespace Pellucid.Abstractions.Plugins;

/// <summary>
/// On an option of text, or a list of such, that names files or folders which an explainer or metric reads: their content decides its result, so it is part
/// of what identifies a computation. A value that is no file or folder counts by its text alone.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FileOptionAttribute : Attribute;
