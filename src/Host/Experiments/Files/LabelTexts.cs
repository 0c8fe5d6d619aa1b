namespace Pellucid.Host.Experiments.Files;

/// <summary>Classes of the data set, put into a template.</summary>
/// <param name="Template">Text with <c>{label}</c> in it.</param>
/// <param name="Of">Which classes each image gets.</param>
/// <param name="Only">Classes to take; empty for all.</param>
public sealed record LabelTexts(string Template = LabelTexts.Placeholder, TextScope Of = TextScope.Item, IReadOnlyList<string>? Only = null) : TextSource
{
    /// <summary>What stands for the class in a template.</summary>
    public const string Placeholder = "{label}";
}
