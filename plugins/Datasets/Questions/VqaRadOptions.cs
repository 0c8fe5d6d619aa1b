using System.ComponentModel;

namespace Pellucid.Plugins.Datasets.Questions;

/// <summary>Options of <see cref="VqaRadReader"/>.</summary>
public sealed record VqaRadOptions : ImageFileOptions
{
    /// <summary>What the texts of an item are.</summary>
    [Description("What the captions of an item are: question and answer, one of them, or both as one text.")]
    public QuestionTexts Texts { get; set; }
}
