using System.ComponentModel;

namespace Pellucid.Plugins.Datasets.Questions;

/// <summary>Options of <see cref="SlakeReader"/>.</summary>
public sealed record SlakeOptions : ImageFileOptions
{
    /// <summary>What the texts of an item are.</summary>
    [Description("What the captions of an item are: question and answer, one of them, or both as one text.")]
    public QuestionTexts Texts { get; set; }

    /// <summary>Language of the questions.</summary>
    [Description("Language of the questions to read: en, zh, or all.")]
    public string Language { get; set; } = "en";
}
