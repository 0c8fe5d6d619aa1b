namespace Pellucid.Plugins.Datasets.Classes;

/// <summary>A class of a list.</summary>
/// <param name="Id">Its id, such as a WordNet id; null in lists of names alone.</param>
/// <param name="Name">Its name; null in lists of ids alone.</param>
/// <param name="Number">Its place in the list, from 0.</param>
internal sealed record ClassEntry(string? Id, string? Name, int Number);
