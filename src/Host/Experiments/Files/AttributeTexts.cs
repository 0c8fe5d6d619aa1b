namespace Pellucid.Host.Experiments.Files;

/// <summary>What is known of each image's regions, put into a template: one text for each value of an attribute.</summary>
/// <param name="Of">The attribute, such as <c>colour</c>.</param>
/// <param name="Template">Text with <c>{value}</c> in it.</param>
public sealed record AttributeTexts(string Of, string Template = AttributeTexts.Placeholder) : TextSource
{
    /// <summary>What stands for the value in a template.</summary>
    public const string Placeholder = "{value}";
}
