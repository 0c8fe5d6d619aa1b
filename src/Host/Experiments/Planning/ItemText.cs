using Pellucid.Abstractions.Datasets;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>A text of an item.</summary>
/// <param name="Text">The text.</param>
/// <param name="Label">The class it was made for; null where it was made for none.</param>
/// <param name="Choices">The texts it was chosen among; null where it was chosen among none.</param>
/// <param name="Attribute">The attribute of regions that it was made for; null where it was made for none.</param>
/// <param name="Predicted">Whether it is for the model to choose one of those.</param>
internal sealed record ItemText(string Text, string? Label = null, TextChoices? Choices = null, RegionAttribute? Attribute = null, bool Predicted = false);
