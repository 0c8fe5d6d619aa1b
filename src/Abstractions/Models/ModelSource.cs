namespace Pellucid.Abstractions.Models;

/// <summary>Where a model lies.</summary>
/// <param name="Id">What the user called it: an id or a path.</param>
/// <param name="Path">Full path of its folder or checkpoint file.</param>
/// <param name="TokenizerPath">Folder or file of the tokenizer, where the model brings none; else null.</param>
public sealed record ModelSource(string Id, string Path, string? TokenizerPath = null);
